import { OWN_SCHEMAS } from '../../schemas/avro/subjects.ts';
import { TOPIC_SPECS } from '../../schemas/topic-specs.ts';
import { test as base } from './e2e-console.ts';
import { whyNoBroker } from './java-process.ts';
import { startBroker, type TestBroker } from './kafka-broker.ts';
import { OtherClient } from './other-client.ts';
import { startRegistry, type TestRegistry } from './schema-registry.ts';
import { createLedTopics, withAdmin } from './temporary-topics.ts';

/** A site: a real broker and a real registry. */
interface Site {
  readonly broker: TestBroker;
  readonly registry: TestRegistry;
}

type ReadySite = Site | { readonly reason: string };

interface RunFixtures {
  /** The largest heap of the broker, in MiB: a few hundred records need little. */
  readonly brokerHeapMiB: number;
  readonly sharedSite: ReadySite;
}

interface SiteFixtures {
  /** The site of the run, with topics and subjects as the console makes them. Alarms in it need random names. */
  readonly site: Site;
  /** Somebody else's program on that site; it reads once it is told to. */
  readonly other: OtherClient;
}

/** A test with consoles on a real Kafka; skipped with the reason where none can be had, which in CI fails it. */
export const test = base.extend<SiteFixtures, RunFixtures>({
  brokerHeapMiB: [320, { option: true, scope: 'worker' }],
  sharedSite: [
    async ({ brokerHeapMiB }, use) => {
      const reason = await whyNoBroker();
      if (reason !== null) return use({ reason });
      const [broker, registry] = await Promise.all([
        startBroker({ heapMiB: brokerHeapMiB }),
        startRegistry(),
      ]);
      await use({ broker, registry });
      await Promise.all([broker.stop(), registry.stop()]);
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  site: async ({ sharedSite }, use, info) => {
    if ('reason' in sharedSite) {
      if (process.env['CI'] === 'true') throw new Error(sharedSite.reason);
      info.skip(true, sharedSite.reason);
      return;
    }
    await makeReady(sharedSite);
    await use(sharedSite);
  },
  environment: async ({ site }, use) => {
    await use({ BOOTSTRAP_SERVERS: site.broker.bootstrap, SCHEMA_REGISTRY: site.registry.url });
  },
  other: async ({ site }, use) => {
    const client = new OtherClient(site.broker.bootstrap, site.registry.url);
    await client.connect();
    await use(client);
    await client.close();
  },
});

/** Creates the topics and subjects that are missing, without the console. */
export async function makeReady({ broker, registry }: Site): Promise<void> {
  await withAdmin(broker.bootstrap, async (admin) => {
    const known = await admin.listTopics();
    const topics = TOPIC_SPECS.filter(({ topic }) => !known.includes(topic)).map((spec) => ({
      topic: spec.topic,
      numPartitions: spec.partitions,
      replicationFactor: 1,
      configEntries: Object.entries(spec.settings).map(([name, value]) => ({ name, value })),
    }));
    await createLedTopics(admin, topics);
  });
  for (const { subject, schema } of OWN_SCHEMAS) {
    const response = await fetch(`${registry.url}/subjects/${subject}/versions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ schema }),
    });
    if (!response.ok) throw new Error(`${subject}: ${await response.text()}`);
  }
}

/** Takes the topics away, as on a site that has never seen the console. Nobody may read them meanwhile. */
export async function removeTopics({ broker }: Site): Promise<void> {
  await withAdmin(broker.bootstrap, async (admin) => {
    const ours: readonly string[] = TOPIC_SPECS.map(({ topic }) => topic);
    const topics = (await admin.listTopics()).filter((topic) => ours.includes(topic));
    await admin.deleteTopics({ topics });
  });
}
