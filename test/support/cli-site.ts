import { afterAll, beforeAll } from 'vitest';
import { type CliFollow, type CliRun, createTestCli, type TestCli } from './cli-run.ts';
import { wordsOf } from './command-words.ts';
import { whyNoBroker } from './java-process.ts';
import { startBroker, type TestBroker } from './kafka-broker.ts';
import { OtherClient } from './other-client.ts';
import { startRegistry, type TestRegistry } from './schema-registry.ts';

/** A broker and a registry of a test file's own, the command line that works on them, and somebody else's program. */
export interface CliSite {
  readonly broker: TestBroker;
  readonly registry: TestRegistry;
  readonly other: OtherClient;
  run(line: string | readonly string[], input?: string): Promise<CliRun>;
  follow(line: string): CliFollow;
}

/** Starts the site before the tests of a file, and stops it after them. `prepare` runs first. */
export function startCliSite(prepare: (site: CliSite) => Promise<void>): () => CliSite {
  let site: CliSite | undefined;
  beforeAll(async () => {
    if ((await whyNoBroker()) !== null) return;
    const [broker, registry] = await Promise.all([startBroker({ heapMiB: 320 }), startRegistry()]);
    const cli = await createTestCli({
      BOOTSTRAP_SERVERS: broker.bootstrap,
      SCHEMA_REGISTRY: registry.url,
    });
    site = siteOf(broker, registry, cli);
    await prepare(site);
  });
  afterAll(async () => {
    await site?.other.close();
    await Promise.all([site?.broker.stop(), site?.registry.stop()]);
  });
  return () => {
    if (site === undefined) throw new Error('the site is not there');
    return site;
  };
}

function siteOf(broker: TestBroker, registry: TestRegistry, cli: TestCli): CliSite {
  return {
    broker,
    registry,
    other: new OtherClient(broker.bootstrap, registry.url),
    run: (line, input) => cli.run(typeof line === 'string' ? wordsOf(line) : line, input),
    follow: (line) => cli.follow(wordsOf(line)),
  };
}
