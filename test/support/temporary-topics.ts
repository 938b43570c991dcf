import { type Admin, type ITopicConfig, Kafka, logLevel } from 'kafkajs';
import { randomName } from './random-name.ts';

export interface TemporaryTopics {
  /** The real names, by the names that were asked for. */
  nameOf(base: string): string;
  /** Deletes them. */
  remove(): Promise<void>;
}

/**
 * Creates topics with random names for one test, and answers how to remove them.
 * `settings` are those of the topic; one partition where none is said.
 */
export async function createTemporaryTopics(
  bootstrap: string,
  bases: readonly string[],
  options: {
    readonly partitions?: number;
    readonly settings?: Readonly<Record<string, string>>;
  } = {},
): Promise<TemporaryTopics> {
  const names = new Map(bases.map((base) => [base, randomName(base)]));
  const configEntries = Object.entries(options.settings ?? { 'cleanup.policy': 'compact' }).map(
    ([name, value]) => ({ name, value }),
  );
  const topics = [...names.values()].map((topic) => ({
    topic,
    numPartitions: options.partitions ?? 1,
    replicationFactor: 1,
    configEntries,
  }));
  await withAdmin(bootstrap, (admin) => createLedTopics(admin, topics));
  return {
    nameOf: (base) => {
      const name = names.get(base);
      if (name === undefined) throw new Error(`no topic was made for ${base}`);
      return name;
    },
    remove: () =>
      withAdmin(bootstrap, (admin) => admin.deleteTopics({ topics: [...names.values()] })),
  };
}

/** Creates topics and answers when all of them have a leader. */
export async function createLedTopics(
  admin: Admin,
  topics: readonly ITopicConfig[],
): Promise<void> {
  await admin.createTopics({ topics: [...topics], waitForLeaders: false });
  // kafkajs's own wait gives up when a busy broker does not know the new topic at once.
  const created = topics.map(({ topic }) => topic);
  for (let isLed = false; !isLed; ) isLed = await haveLeaders(admin, created);
}

async function haveLeaders(admin: Admin, topics: string[]): Promise<boolean> {
  try {
    const metadata = await admin.fetchTopicMetadata({ topics });
    return metadata.topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
  } catch (error) {
    if (isNotYet(error)) return false;
    throw error;
  }
}

/** By its type: the class itself cannot be imported by name where modules are Node's own. */
function isNotYet(error: unknown): boolean {
  return error instanceof Error && 'type' in error && NOT_YET.has(String(error.type));
}

const NOT_YET = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE']);

/** Runs something with a plain kafkajs admin client of its own, for what a test does beside the code under test. */
export async function withAdmin<T>(
  bootstrap: string,
  work: (admin: ReturnType<Kafka['admin']>) => Promise<T>,
): Promise<T> {
  const kafka = new Kafka({ brokers: [bootstrap], clientId: 'test', logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
