import type { TopicSpec, TopicState } from '../core/ports/alarm-log.ts';
import { TOMBSTONES_STAY_MS } from './topic-specs.ts';

/** What is wrong with a topic as it is, and what that can do to alarms. */
export interface TopicFinding {
  readonly code: TopicFindingCode;
  readonly topic: string;
  /** `loss`: alarms can be lost or hidden. `risk`: they can be where something else fails too. `note`: it only differs. */
  readonly severity: 'loss' | 'risk' | 'note';
  /** One sentence with the setting and its value. */
  readonly message: string;
  /** One sentence: what to set. */
  readonly remedy: string;
}

export type TopicFindingCode =
  | 'Missing'
  | 'NotCompacted'
  | 'RecordsExpire'
  | 'HistoryCompacted'
  | 'HistoryShort'
  | 'TombstonesShortLived'
  | 'SeveralPartitions'
  | 'OneReplica'
  | 'AcknowledgedByOne'
  | 'NoReplicaToSpare'
  | 'NotStampedByLog'
  | 'SmallRecords';

/** Not a setting of Kafka's, but told as one by the log: how many brokers keep the topic. */
export const REPLICATION_FACTOR = 'replication.factor';

/** Told as a setting in the same way: how many brokers there are to keep it. */
export const BROKERS = 'brokers';

/** Records of this size hold every text that the console takes. */
export const RECORD_BYTES = 64 * 1024;

/**
 * Compares a topic with what it must be like (docs/decisions/0001-topic-settings.md). What cannot be known, because
 * the log does not tell that setting, is not found fault with.
 */
export function checkTopic(state: TopicState, spec: TopicSpec): readonly TopicFinding[] {
  if (!state.exists) {
    const message = `Topic ${spec.topic} does not exist.`;
    return [
      {
        code: 'Missing',
        topic: spec.topic,
        severity: 'loss',
        message,
        remedy: 'Create the missing topics.',
      },
    ];
  }
  return CHECKS.flatMap((check) => check(state, spec));
}

type Check = (state: TopicState, spec: TopicSpec) => readonly TopicFinding[];

const CHECKS: readonly Check[] = [
  notCompacted,
  recordsExpire,
  historyCompacted,
  historyShort,
  tombstonesShortLived,
  severalPartitions,
  replicas,
  notStampedByLog,
  smallRecords,
];

function notCompacted({ topic, settings }: TopicState, spec: TopicSpec): readonly TopicFinding[] {
  if (isKeptByTime(spec)) return [];
  const policy = settings['cleanup.policy'];
  if (policy === undefined || policy.includes('compact')) return [];
  return [
    {
      code: 'NotCompacted',
      topic,
      severity: 'loss',
      message: `Topic ${topic} has cleanup.policy=${policy}: the newest record of an alarm is not kept.`,
      remedy: 'Set cleanup.policy=compact on the topic.',
    },
  ];
}

function recordsExpire({ topic, settings }: TopicState, spec: TopicSpec): readonly TopicFinding[] {
  if (isKeptByTime(spec) || !settings['cleanup.policy']?.includes('delete')) return [];
  const limits = ['retention.ms', 'retention.bytes'].filter((name) => Number(settings[name]) >= 0);
  if (limits.length === 0) return [];
  const named = limits.map((name) => `${name}=${settings[name]}`).join(' and ');
  return [
    {
      code: 'RecordsExpire',
      topic,
      severity: 'loss',
      message: `Topic ${topic} deletes old records (${named}): an alarm that stands for long is forgotten.`,
      remedy: 'Set cleanup.policy=compact on the topic, without delete.',
    },
  ];
}

/** Of a topic that keeps what happened, not what is. */
function isKeptByTime(spec: TopicSpec): boolean {
  return spec.settings['cleanup.policy'] === 'delete';
}

function historyCompacted(
  { topic, settings }: TopicState,
  spec: TopicSpec,
): readonly TopicFinding[] {
  const policy = settings['cleanup.policy'];
  if (!isKeptByTime(spec) || policy?.includes('compact') !== true) return [];
  return [
    {
      code: 'HistoryCompacted',
      topic,
      severity: 'risk',
      message: `Topic ${topic} has cleanup.policy=${policy}: of each alarm only the newest transition is kept.`,
      remedy: 'Set cleanup.policy=delete on the topic.',
    },
  ];
}

function historyShort({ topic, settings }: TopicState, spec: TopicSpec): readonly TopicFinding[] {
  const wanted = numberOf(spec.settings['retention.ms']);
  const kept = numberOf(settings['retention.ms']);
  if (!isKeptByTime(spec) || wanted === null || kept === null) return [];
  if (kept < 0 || kept >= wanted) return [];
  return [
    {
      code: 'HistoryShort',
      topic,
      severity: 'note',
      message: `Topic ${topic} keeps history for ${kept} ms only (retention.ms).`,
      remedy: `Set retention.ms=${wanted} on the topic where disks allow it.`,
    },
  ];
}

function tombstonesShortLived(
  { topic, settings }: TopicState,
  spec: TopicSpec,
): readonly TopicFinding[] {
  if (isKeptByTime(spec)) return [];
  const retentionMs = numberOf(settings['delete.retention.ms']);
  if (retentionMs === null || retentionMs >= TOMBSTONES_STAY_MS) return [];
  return [
    {
      code: 'TombstonesShortLived',
      topic,
      severity: 'risk',
      message: `Topic ${topic} keeps tombstones for ${retentionMs} ms only (delete.retention.ms): a program that was away longer misses that an alarm cleared or a shelf ended.`,
      remedy: `Set delete.retention.ms=${TOMBSTONES_STAY_MS} or more on the topic.`,
    },
  ];
}

function severalPartitions(
  { topic, partitions }: TopicState,
  spec: TopicSpec,
): readonly TopicFinding[] {
  if (partitions <= spec.partitions) return [];
  return [
    {
      code: 'SeveralPartitions',
      topic,
      severity: 'risk',
      message: `Topic ${topic} has ${partitions} partitions: the order of an alarm and its acknowledgement is not certain where writers in different languages share it.`,
      remedy: 'Make the topic anew with one partition when the site can stand still.',
    },
  ];
}

function replicas({ topic, settings }: TopicState): readonly TopicFinding[] {
  const factor = numberOf(settings[REPLICATION_FACTOR]);
  if (factor === null) return [];
  if (factor < 2) return [oneReplica(topic, numberOf(settings[BROKERS]) ?? 1)];
  const inSync = numberOf(settings['min.insync.replicas']);
  if (inSync !== null && inSync >= factor && factor > 2) return [noReplicaToSpare(topic, inSync)];
  if (inSync === null || inSync >= 2) return [];
  return [
    {
      code: 'AcknowledgedByOne',
      topic,
      severity: 'risk',
      message: `Topic ${topic} has ${factor} replicas but min.insync.replicas=${inSync}: a record that counts as written may be lost with one broker.`,
      remedy: 'Set min.insync.replicas=2 on the topic.',
    },
  ];
}

/** Where there is one broker nothing else can be had; where there are several, somebody forgot to say so. */
function oneReplica(topic: string, brokers: number): TopicFinding {
  const code = 'OneReplica';
  if (brokers < 2) {
    return {
      code,
      topic,
      severity: 'note',
      message: `Topic ${topic} is kept by one broker: it is lost with that broker's disk.`,
      remedy: 'Keep it on three brokers where the site has them.',
    };
  }
  return {
    code,
    topic,
    severity: 'risk',
    message: `Topic ${topic} is kept by one of ${brokers} brokers: while that one is away it can be neither read nor written, and it is lost with that broker's disk.`,
    remedy:
      'Set default.replication.factor on the brokers before topics are created; give this one more replicas with kafka-reassign-partitions.',
  };
}

function noReplicaToSpare(topic: string, inSync: number): TopicFinding {
  return {
    code: 'NoReplicaToSpare',
    topic,
    severity: 'risk',
    message: `Topic ${topic} has ${inSync} replicas and min.insync.replicas=${inSync}: while one broker is away, nothing can be written.`,
    remedy: 'Set min.insync.replicas=2 on the topic.',
  };
}

function notStampedByLog(
  { topic, settings }: TopicState,
  spec: TopicSpec,
): readonly TopicFinding[] {
  const wanted = spec.settings['message.timestamp.type'];
  const actual = settings['message.timestamp.type'];
  if (wanted === undefined || actual === undefined || wanted === actual) return [];
  return [
    {
      code: 'NotStampedByLog',
      topic,
      severity: 'note',
      message: `Topic ${topic} has message.timestamp.type=${actual}: consoles do not learn the broker's time from it.`,
      remedy: `Set message.timestamp.type=${wanted} on the topic.`,
    },
  ];
}

function smallRecords({ topic, settings }: TopicState): readonly TopicFinding[] {
  const bytes = numberOf(settings['max.message.bytes']);
  if (bytes === null || bytes >= RECORD_BYTES) return [];
  return [
    {
      code: 'SmallRecords',
      topic,
      severity: 'risk',
      message: `Topic ${topic} takes records of ${bytes} bytes at most (max.message.bytes): a registration with long guidance is refused.`,
      remedy: `Set max.message.bytes=${RECORD_BYTES} or more on the topic.`,
    },
  ];
}

function numberOf(text: string | undefined): number | null {
  const number = Number(text ?? Number.NaN);
  return Number.isFinite(number) ? number : null;
}
