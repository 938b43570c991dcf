import type {
  AlarmLog,
  LogListener,
  LogReading,
  LogRecord,
  LogSweep,
  ReadTail,
} from '../../core/ports/alarm-log.ts';
import { fitsFrame, frameOf } from './frame.ts';
import type { Outbox } from './outbox.ts';
import { packRecord } from './record-parts.ts';
import type { ReadingMessage } from './server-messages.ts';
import { messageTooLong } from './socket-problems.ts';

/** What a client wants to read, and by what number it knows it. */
export interface ReadingWish {
  readonly reading: number;
  readonly topics: readonly string[];
  readonly tail?: ReadTail;
}

/** Records are sent together up to so many bytes. */
const TOGETHER_BYTES = 262_144;
const OFFSETS_A_SWEEP = 4_194_304;

/** Reads for a client: everything that the listener is told becomes a message. */
export function offerReading(log: AlarmLog, wish: ReadingWish, outbox: Outbox): LogReading {
  const { reading, topics, tail } = wish;
  let isOver = false;
  const tell = (message: ReadingMessage, body?: Buffer) => {
    if (!isOver) outbox.put(frameOf(message, body));
  };
  const listener: LogListener = {
    onRecords(records) {
      for (const part of partsOf(records)) {
        const frame = recordsFrame(reading, part);
        if (isOver) return;
        if (fitsFrame(frame)) {
          outbox.put(frame);
          continue;
        }
        // To leave the record out would be a client that looks complete and is not.
        const problem = messageTooLong('A record of the log', frame.length);
        tell({ say: 'phase', reading, phase: { phase: 'failed', problem } });
        isOver = true;
      }
    },
    onPhase: (phase) => tell({ say: 'phase', reading, phase }),
    onReset: (gone, problem) => tell({ say: 'reset', reading, topics: [...gone], problem }),
    onSweep(sweep) {
      for (const { message, bits } of sweepParts(reading, sweep)) tell(message, bits);
    },
    onHead: (topic) => tell({ say: 'head', reading, topic }),
    onDamage: (damage) => tell({ say: 'damage', reading, ...damage }),
    onLag: (lag) => tell({ say: 'lag', reading, lag }),
    whenReady: () => outbox.whenEmpty(),
  };
  const source = log.read(topics, listener, tail);
  return {
    close() {
      isOver = true;
      return source.close();
    },
  };
}

interface PackedRecord {
  readonly record: LogRecord;
  readonly bytes: Buffer;
}

function* partsOf(records: readonly LogRecord[]): Generator<readonly PackedRecord[]> {
  let part: PackedRecord[] = [];
  let size = 0;
  for (const record of records) {
    const bytes = packRecord(record);
    if (part.length > 0 && size + bytes.length > TOGETHER_BYTES) {
      yield part;
      part = [];
      size = 0;
    }
    part.push({ record, bytes });
    size += bytes.length;
  }
  if (part.length > 0) yield part;
}

function recordsFrame(reading: number, part: readonly PackedRecord[]): Buffer {
  const message: ReadingMessage = {
    say: 'records',
    reading,
    topic: part[0]?.record.topic ?? '',
    partition: part[0]?.record.partition ?? 0,
    offsets: part.map(({ record }) => record.offset),
    sizes: part.map(({ bytes }) => bytes.length),
    gaps: part.map(({ record }) => record.isAfterGap),
  };
  return frameOf(message, Buffer.concat(part.map(({ bytes }) => bytes)));
}

function* sweepParts(
  reading: number,
  sweep: LogSweep,
): Generator<{ readonly message: ReadingMessage; readonly bits: Buffer }> {
  const { topic, partition } = sweep;
  for (let from = 0; from < sweep.below; from += OFFSETS_A_SWEEP) {
    const below = Math.min(sweep.below, from + OFFSETS_A_SWEEP);
    const bits = Buffer.alloc(Math.ceil((below - from) / 8));
    for (let offset = from; offset < below; offset += 1) {
      const at = (offset - from) >> 3;
      if (sweep.survives(offset)) bits[at] = (bits[at] ?? 0) | (1 << ((offset - from) & 7));
    }
    yield { message: { say: 'sweep', reading, topic, partition, from, below }, bits };
  }
}
