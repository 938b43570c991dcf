import type { Result } from '../../core/lib/result.ts';
import { epochMs } from '../../core/lib/units.ts';
import type {
  AlarmLog,
  LogAppend,
  LogProblem,
  LogReading,
  ReadTail,
  RecordPosition,
} from '../../core/ports/alarm-log.ts';
import type { HeardRecord, RecordingListener } from '../fakes/recording-listener.ts';
import { createRecordingListener, isIn } from '../fakes/recording-listener.ts';
import { randomName } from '../support/random-name.ts';

/** Settings of a compacted topic, as the alarm topics have them. */
export const COMPACTED = { 'cleanup.policy': 'compact' } as const;

/** Opens a log of the kind under test; `skip` says why it cannot be had here. */
export type MakeLog = (skip: (reason: string) => never) => Promise<AlarmLog>;

/** The moment that records of these tests are stamped with. */
export const WRITTEN_AT = epochMs(Date.UTC(2021, 2, 1, 12));

/** One log for one test, with topics and readings that end with it. */
export interface LogGround {
  readonly log: AlarmLog;
  /** Makes a compacted topic with a name of its own. */
  makeTopic(settings?: Readonly<Record<string, string>>): Promise<string>;
  /** Reads the topics, remembering what is heard. */
  read(
    topics: readonly string[],
    tail?: ReadTail,
  ): {
    readonly heard: RecordingListener;
    readonly reading: LogReading;
  };
  /** Reads the topics until live. */
  readToLive(topics: readonly string[]): Promise<RecordingListener>;
  /** Appends and answers the position. */
  put(topic: string, key: string, more?: Partial<LogAppend>): Promise<RecordPosition>;
}

/** Runs a test on a log of its own. */
export async function onLog(
  makeLog: MakeLog,
  skip: (reason: string) => never,
  work: (ground: LogGround) => Promise<void>,
): Promise<void> {
  const log = await makeLog(skip);
  const readings: LogReading[] = [];
  try {
    await work(groundOn(log, readings));
  } finally {
    await Promise.all(readings.map((reading) => reading.close()));
    await log.close();
  }
}

/** A record as `put` writes it; override what the test is about. */
export function anAppend(topic: string, key: string, more: Partial<LogAppend> = {}): LogAppend {
  return {
    topic,
    key: Buffer.from(key),
    value: Buffer.from(`value of ${key}`),
    headers: [],
    timestampAt: WRITTEN_AT,
    ...more,
  };
}

/** The value of a result that the test needs to be good. */
export function must<T>(result: Result<T, LogProblem>): T {
  if (!result.ok) {
    throw new Error(`${result.error.code}: ${result.error.message}`);
  }
  return result.value;
}

/** The records' keys as text, in order. */
export function keysOf(records: readonly HeardRecord[]): readonly string[] {
  return records.map(({ key }) => key?.toString() ?? '(none)');
}

function groundOn(log: AlarmLog, readings: LogReading[]): LogGround {
  function read(topics: readonly string[], tail?: ReadTail) {
    const heard = createRecordingListener();
    const reading = log.read(topics, heard, tail);
    readings.push(reading);
    return { heard, reading };
  }
  return {
    log,
    makeTopic: async (settings = COMPACTED) => {
      const topic = randomName('contract');
      must(await log.createTopics([{ topic, partitions: 1, settings }]));
      return topic;
    },
    read,
    readToLive: async (topics) => {
      const { heard } = read(topics);
      await heard.until(isIn('live'));
      return heard;
    },
    put: async (topic, key, more) => must(await log.append(anAppend(topic, key, more))),
  };
}
