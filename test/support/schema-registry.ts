import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerFolders, REGISTRY_VERSION } from '../../scripts/set-up/broker.mjs';
import { freePort } from './free-port.ts';
import { type JavaProcess, startJava } from './java-process.ts';

/** A real Confluent-compatible schema registry on 127.0.0.1. */
export interface TestRegistry {
  /** With the path of the Confluent-compatible API. */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Starts it again on the same port with what was registered. */
  restart(): Promise<void>;
  pause(): void;
  resume(): void;
}

/** Starts a registry and answers when it serves clients. It ends with this process at the latest. */
export async function startRegistry(options: { port?: number } = {}): Promise<TestRegistry> {
  const dir = await mkdtemp(join(tmpdir(), 'klaxon-registry-'));
  const port = options.port ?? (await freePort());
  const jar = join(
    brokerFolders().registry,
    `apicurio-registry-app-${REGISTRY_VERSION}-runner.jar`,
  );
  const launch = (): Promise<JavaProcess> =>
    startJava({
      name: 'schema registry',
      args: ['-Xmx384m', ...settings(dir, port), '-jar', jar],
      ownFolder: dir,
      isReady: (output) => output.includes(`Listening on: http://127.0.0.1:${port}`),
    });
  let running = await launch();
  return {
    url: `http://127.0.0.1:${port}/apis/ccompat/v7`,
    get pid() {
      return running.pid;
    },
    stop: async () => {
      await running.stop();
      await rm(dir, { recursive: true, force: true });
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

function settings(dir: string, port: number): readonly string[] {
  return [
    '-Dquarkus.http.host=127.0.0.1',
    `-Dquarkus.http.port=${port}`,
    '-Dquarkus.log.file.enable=false',
    '-Dquarkus.log.category."io.quarkus".level=INFO',
    // On disk, so that a restart is what it is at a site: the same schemas under the same ids.
    `-Dapicurio.datasource.url=jdbc:h2:file:${join(dir, 'registry')};WRITE_DELAY=0`,
    '-Dapicurio.datasource.jdbc.initial-size=2',
    '-Dapicurio.datasource.jdbc.min-size=1',
    '-Dapicurio.datasource.jdbc.max-size=10',
    '-Dapicurio.rest.deletion.artifact.enabled=true',
    '-Dapicurio.rest.deletion.group.enabled=true',
    '-Dapicurio.rest.deletion.artifact-version.enabled=true',
  ];
}
