import type {
  LogHeader,
  LogListener,
  LogPhase,
  LogProblem,
  LogRecord,
  LogSweep,
  RecordPosition,
} from '../../core/ports/alarm-log.ts';
import { keyBytesOf, valueBytesOf } from '../../core/ports/alarm-log.ts';

/** A record as it was handed out, on bytes of its own. */
export interface HeardRecord extends RecordPosition {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly timestampAt: number;
  readonly isStampedByLog: boolean;
  readonly isAfterGap: boolean;
  readonly headers: readonly LogHeader[];
}

/** A listener that remembers everything it was told, in order. */
export interface RecordingListener extends LogListener {
  readonly records: readonly HeardRecord[];
  readonly sliceSizes: readonly number[];
  /** Of each slice, the partitions that its records are from, as `topic/partition`. */
  readonly slicePartitions: readonly ReadonlySet<string>[];
  readonly phases: readonly LogPhase[];
  readonly heads: readonly string[];
  readonly lags: readonly number[];
  readonly resets: readonly { readonly topics: readonly string[]; readonly problem: LogProblem }[];
  readonly sweeps: readonly LogSweep[];
  /** The names of the calls in order, repeats of one name in a row counted once. */
  readonly calls: readonly string[];
  /** Answers as soon as the claim holds, which is looked at after every call. */
  until(claim: (heard: RecordingListener) => boolean): Promise<void>;
}

/** Whether the newest phase has that name. */
export function isIn(phase: LogPhase['phase']): (heard: RecordingListener) => boolean {
  return (heard) => heard.phases.at(-1)?.phase === phase;
}

/** Makes a listener that remembers. */
export function createRecordingListener(): RecordingListener {
  const records: HeardRecord[] = [];
  const sliceSizes: number[] = [];
  const slicePartitions: ReadonlySet<string>[] = [];
  const phases: LogPhase[] = [];
  const heads: string[] = [];
  const lags: number[] = [];
  const resets: { readonly topics: readonly string[]; readonly problem: LogProblem }[] = [];
  const sweeps: LogSweep[] = [];
  const calls: string[] = [];
  const claims = new Set<() => void>();

  function heard(call: string): void {
    if (calls.at(-1) !== call) {
      calls.push(call);
    }
    for (const look of claims) {
      look();
    }
  }

  const listener: RecordingListener = {
    records,
    sliceSizes,
    slicePartitions,
    phases,
    heads,
    lags,
    resets,
    sweeps,
    calls,
    onRecords: (slice) => {
      sliceSizes.push(slice.length);
      slicePartitions.push(new Set(slice.map(({ topic, partition }) => `${topic}/${partition}`)));
      records.push(...slice.map(copyRecord));
      heard('onRecords');
    },
    onPhase: (phase) => {
      phases.push(phase);
      heard(phase.phase);
    },
    onReset: (topics, problem) => {
      resets.push({ topics, problem });
      heard('onReset');
    },
    onSweep: (sweep) => {
      sweeps.push(sweep);
      heard('onSweep');
    },
    onHead: (topic) => {
      heads.push(topic);
      heard('onHead');
    },
    onLag: (lag) => {
      lags.push(lag);
      heard('onLag');
    },
    until: (claim) =>
      new Promise((resolve) => {
        const look = () => {
          if (claim(listener)) {
            claims.delete(look);
            resolve();
          }
        };
        claims.add(look);
        look();
      }),
  };
  return listener;
}

function copyRecord(record: LogRecord): HeardRecord {
  const key = keyBytesOf(record);
  const value = valueBytesOf(record);
  return {
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    key: key === null ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    timestampAt: record.timestampAt,
    isStampedByLog: record.isStampedByLog,
    isAfterGap: record.isAfterGap,
    headers: record.headers.map(({ name, value: bytes }) => ({
      name,
      value: bytes === null ? null : Buffer.from(bytes),
    })),
  };
}
