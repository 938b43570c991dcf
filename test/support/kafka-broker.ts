import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerFolders } from '../../scripts/set-up/broker.mjs';
import { freePort } from './free-port.ts';
import { type JavaProcess, runJava, startJava } from './java-process.ts';

const CLUSTER_ID = 'a2xheG9uLXRlc3QtYnJrcg';
const DEFAULT_VERSION = '4.3.1';

export interface BrokerOptions {
  readonly version?: '4.3.1' | '3.9.2';
  readonly port?: number;
  /** Where its state is; one that is given is kept on `stop`, else a new one is made and removed. */
  readonly dir?: string;
  /** Added to the broker's properties, or put in the place of ours. */
  readonly properties?: Readonly<Record<string, string>>;
  /** The largest heap, in MiB. */
  readonly heapMiB?: number;
}

/** A real Apache Kafka broker (KRaft, one node) on 127.0.0.1. */
export interface TestBroker {
  readonly bootstrap: string;
  readonly port: number;
  readonly dir: string;
  readonly pid: number;
  /** False once it was killed, until it is restarted. */
  readonly isRunning: boolean;
  /** In order; frees the folder if it is the broker's own. May be called again. */
  stop(): Promise<void>;
  /** SIGKILL: nothing is flushed or said. State and port are kept for `restart`. */
  kill(): Promise<void>;
  /** Stops it in order if it runs and starts it again, on the same folder and port. */
  restart(): Promise<void>;
  /** SIGSTOP: connections stay open, nothing answers. */
  pause(): void;
  resume(): void;
}

/** Starts a broker and answers when it serves clients. It ends with this process at the latest. */
export async function startBroker(options: BrokerOptions = {}): Promise<TestBroker> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'klaxon-broker-')));
  const port = options.port ?? (await freePort());
  const libs = `${brokerFolders().kafka[options.version ?? DEFAULT_VERSION]}/*`;
  const properties = join(dir, 'server.properties');
  const java = [`-Dlog4j2.configurationFile=${join(dir, 'log4j2.properties')}`, '-cp', libs];
  const given = { ...baseProperties(dir, port, await freePort()), ...options.properties };
  await prepare(dir, given);
  if (!existsSync(metaIn(dir))) {
    const format = ['format', '--ignore-formatted', '-t', CLUSTER_ID, '-c', properties];
    const isController = given['process.roles']?.includes('controller') === true;
    if (isController) await runJava('format', [...java, 'kafka.tools.StorageTool', ...format]);
    else await writeMeta(dir, given['node.id'] ?? '');
  }
  const launch = (): Promise<JavaProcess> =>
    startJava({
      name: 'Kafka broker',
      args: [`-Xmx${options.heapMiB ?? 512}m`, ...java, 'kafka.Kafka', properties],
      isReady: (output) => output.includes('Kafka Server started'),
      ...(options.dir === undefined ? { ownFolder: dir } : {}),
    });
  let running = await launch();
  return {
    bootstrap: `127.0.0.1:${port}`,
    port,
    dir,
    get pid() {
      return running.pid;
    },
    get isRunning() {
      return running.isRunning();
    },
    stop: async () => {
      await running.stop();
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
    },
    kill: () => running.kill(),
    restart: async () => {
      await running.stop();
      running = await launch();
    },
    pause: () => running.pause(),
    resume: () => running.resume(),
  };
}

function metaIn(dir: string): string {
  return join(dir, 'data', 'meta.properties');
}

/** All that formatting is for a broker that is no controller, without a Java of its own for it. */
async function writeMeta(dir: string, nodeId: string): Promise<void> {
  await mkdir(join(dir, 'data'), { recursive: true });
  await writeFile(metaIn(dir), `version=1\ncluster.id=${CLUSTER_ID}\nnode.id=${nodeId}\n`);
}

async function prepare(dir: string, properties: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(dir, { recursive: true });
  const lines = Object.entries(properties).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(dir, 'server.properties'), lines.join(''));
  await writeFile(join(dir, 'log4j2.properties'), LOGGING);
}

// Warnings, and of the rest only the one line that says that the server serves.
const LOGGING = `status = error
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
logger.started.name = kafka.server.KafkaRaftServer
logger.started.level = info
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d %p %m (%c{1})%n
`;

function baseProperties(
  dir: string,
  port: number,
  controllerPort: number,
): Readonly<Record<string, string>> {
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'log.dirs': join(dir, 'data'),
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    ...SINGLE_NODE,
    ...QUICK,
  };
}

const SINGLE_NODE = {
  'auto.create.topics.enable': 'false',
  'default.replication.factor': '1',
  'offsets.topic.replication.factor': '1',
  'offsets.topic.num.partitions': '5',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'transaction.state.log.num.partitions': '5',
  'num.network.threads': '2',
  'num.io.threads': '4',
  'background.threads': '2',
};

// The broker's waits, cut to what one node on one machine needs; the cleaner's memory, cut to what tests write.
const QUICK = {
  'group.initial.rebalance.delay.ms': '0',
  'group.min.session.timeout.ms': '1000',
  'log.cleaner.backoff.ms': '200',
  'log.cleaner.dedupe.buffer.size': '8388608',
  'log.cleaner.io.buffer.size': '262144',
  'log.retention.check.interval.ms': '1000',
  'log.initial.task.delay.ms': '500',
  'log.segment.delete.delay.ms': '500',
  'controller.quorum.election.timeout.ms': '200',
  'controller.quorum.fetch.timeout.ms': '1000',
  'broker.heartbeat.interval.ms': '500',
  'broker.session.timeout.ms': '4000',
};
