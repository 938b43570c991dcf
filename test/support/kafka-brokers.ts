import { type Admin, Kafka, logLevel, type PartitionMetadata } from 'kafkajs';
import { electPreferredLeaders } from './elect-leader.ts';
import { freePort } from './free-port.ts';
import { startBroker, type TestBroker } from './kafka-broker.ts';
import { withCluster } from './kafka-connection.ts';
import { eventually } from './kafka-reading.ts';
import { randomName } from './random-name.ts';
import { createLedTopics } from './temporary-topics.ts';

/** The brokers of a {@link TestCluster}. */
export const NODE_IDS = [1, 2, 3] as const;
export type NodeId = (typeof NODE_IDS)[number];

const CONTROLLER_ID = 9;

/** A real Kafka of three brokers, and a controller beside them that is left alone, on 127.0.0.1. */
export interface TestCluster {
  /** All brokers, as a site writes them in its settings. */
  readonly bootstrap: string;
  readonly controller: TestBroker;
  broker(id: NodeId): TestBroker;
  /** Those brokers alone, in that order, for a list of one's own. */
  bootstrapOf(...ids: readonly NodeId[]): string;
  /** Runs something with a plain kafkajs admin client that knows every broker. */
  withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T>;
  /** Creates topics of one partition on all brokers, led by them in turn; answers their real names. */
  createTopics(
    bases: readonly string[],
    settings?: Readonly<Record<string, string>>,
  ): Promise<readonly string[]>;
  leaderOf(topic: string): Promise<NodeId>;
  /** Hands the lead of a topic's one partition to another broker, while all run. */
  moveLeader(topic: string, to: NodeId): Promise<void>;
  /** Starts the brokers that were killed, and waits until every replica is in sync and everything is led as at first. */
  heal(): Promise<void>;
  stop(): Promise<void>;
}

/** How soon a broker that is gone counts as gone: nine seconds where a site sets nothing. */
const SESSION_MS = 3_000;

/** Starts the cluster and answers when it serves clients. It ends with this process at the latest. */
export async function startCluster(
  properties: Readonly<Record<string, string>> = {},
): Promise<TestCluster> {
  const controllerPort = await freePort();
  const shared = {
    'controller.quorum.voters': `${CONTROLLER_ID}@127.0.0.1:${controllerPort}`,
    'broker.session.timeout.ms': String(SESSION_MS),
    ...REPLICATED,
    ...properties,
  };
  const started = await Promise.all([
    startBroker({ heapMiB: 256, properties: { ...shared, ...asController(controllerPort) } }),
    ...NODE_IDS.map((id) => startNode(id, shared)),
  ]);
  const [controller, ...brokers] = started;
  if (controller === undefined) throw new Error('the controller was not started');
  return clusterOf(controller, new Map(NODE_IDS.map((id, at) => [id, brokers[at]])));
}

async function startNode(
  id: NodeId,
  shared: Readonly<Record<string, string>>,
): Promise<TestBroker> {
  const port = await freePort();
  const properties = {
    ...shared,
    'process.roles': 'broker',
    'node.id': String(id),
    listeners: `PLAINTEXT://127.0.0.1:${port}`,
  };
  return startBroker({ port, heapMiB: 256, properties });
}

function asController(port: number): Readonly<Record<string, string>> {
  const listeners = `CONTROLLER://127.0.0.1:${port}`;
  return {
    'process.roles': 'controller',
    'node.id': String(CONTROLLER_ID),
    listeners,
    'advertised.listeners': listeners,
  };
}

// As a site with three brokers sets it.
const REPLICATED = {
  'default.replication.factor': '3',
  'min.insync.replicas': '2',
  'offsets.topic.replication.factor': '3',
  'transaction.state.log.replication.factor': '3',
  'transaction.state.log.min.isr': '2',
};

function clusterOf(
  controller: TestBroker,
  brokers: ReadonlyMap<NodeId, TestBroker | undefined>,
): TestCluster {
  const broker = (id: NodeId): TestBroker => {
    const known = brokers.get(id);
    if (known === undefined) throw new Error(`broker ${id} was not started`);
    return known;
  };
  const bootstrapOf = (...ids: readonly NodeId[]): string =>
    ids.map((id) => broker(id).bootstrap).join(',');
  const bootstrap = bootstrapOf(...NODE_IDS);
  const withAdmin: TestCluster['withAdmin'] = (work) => workAsAdmin(bootstrap, work);
  return {
    bootstrap,
    controller,
    broker,
    bootstrapOf,
    withAdmin,
    createTopics: (bases, settings = COMPACTED) =>
      withAdmin((admin) => createInTurn(admin, bases, settings)),
    leaderOf: (topic) => withAdmin((admin) => leaderIn(admin, topic)),
    moveLeader: (topic, to) => withAdmin((admin) => handOver(admin, bootstrap, topic, to)),
    async heal() {
      for (const each of [controller, ...NODE_IDS.map(broker)]) {
        each.resume();
        if (!each.isRunning) await each.restart();
      }
      await withAdmin((admin) => eventually(() => isAsAtFirst(admin, bootstrap)));
    },
    async stop() {
      await Promise.all(NODE_IDS.map((id) => broker(id).stop()));
      await controller.stop();
    },
  };
}

const COMPACTED = { 'cleanup.policy': 'compact' } as const;

async function workAsAdmin<T>(bootstrap: string, work: (admin: Admin) => Promise<T>): Promise<T> {
  const brokers = bootstrap.split(',');
  const admin = new Kafka({ brokers, clientId: 'test', logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

async function createInTurn(
  admin: Admin,
  bases: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
  const topics = bases.map((base, at) => ({
    topic: randomName(base),
    replicaAssignment: [{ partition: 0, replicas: replicasFrom(NODE_IDS[at % 3] ?? 1) }],
    configEntries,
  }));
  await createLedTopics(admin, topics);
  return topics.map(({ topic }) => topic);
}

/** All brokers, that one first: the first is the one that should lead. */
function replicasFrom(first: NodeId): number[] {
  return [first, ...NODE_IDS.filter((id) => id !== first)];
}

async function leaderIn(admin: Admin, topic: string): Promise<NodeId> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const leader = topics[0]?.partitions[0]?.leader;
  const known = NODE_IDS.find((id) => id === leader);
  if (known === undefined) throw new Error(`nobody leads ${topic}`);
  return known;
}

async function handOver(admin: Admin, bootstrap: string, topic: string, to: NodeId): Promise<void> {
  const partitionAssignment = [{ partition: 0, replicas: replicasFrom(to) }];
  await admin.alterPartitionReassignments({ topics: [{ topic, partitionAssignment }] });
  await eventually(async () => {
    await withCluster(bootstrap, (cluster) => electPreferredLeaders(cluster));
    return (await leaderIn(admin, topic)) === to;
  });
}

/** Every replica in sync, and the first one in the lead. Asks for what is missing, so it is to be asked again. */
async function isAsAtFirst(admin: Admin, bootstrap: string): Promise<boolean> {
  const partitions = await allPartitions(admin);
  if (partitions.some(({ isr, replicas }) => isr.length < replicas.length)) return false;
  if (partitions.every(({ leader, replicas }) => leader === replicas[0])) return true;
  await withCluster(bootstrap, electPreferredLeaders);
  return false;
}

async function allPartitions(admin: Admin): Promise<readonly PartitionMetadata[]> {
  const { topics } = await admin.fetchTopicMetadata();
  return topics.flatMap(({ partitions }) => partitions);
}
