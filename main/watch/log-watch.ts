import { type AlarmReader, startAlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import {
  type AlarmWriter,
  createAlarmWriter,
  type WriteProblem,
} from '../../adapters/alarm-writer/alarm-writer.ts';
import type { Identity } from '../../core/audit/audit.ts';
import { assertNever } from '../../core/lib/invariant.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { createWireDecoder } from '../../schemas/codecs/wire-decoder.ts';
import { ALARM_OCCURRENCES } from '../../schemas/topics.ts';
import type { FollowedPicture } from '../alarm-feed/followed-picture.ts';
import {
  type CommandDesk,
  type CommandDeskOptions,
  createCommandDesk,
  type WriteFailure,
  type WriteOrder,
} from '../commands/command-desk.ts';
import type { OpenedLog, Running } from '../session/opened-log.ts';

/** One reading of the log, with the commands that are written beside it: what a console looks at and acts on. */
export interface LogWatch extends Running {
  readonly reader: AlarmReader;
  readonly commands: CommandDesk;
}

export interface LogWatchOptions {
  readonly opened: OpenedLog;
  /** The alarm topics that exist. */
  readonly topics: readonly string[];
  readonly picture: FollowedPicture;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly createId: () => string;
  readonly formatTime: CommandDeskOptions['formatTime'];
}

/** Begins to read into the picture. */
export function startLogWatch(options: LogWatchOptions): LogWatch {
  const { picture, clock, identity, topics } = options;
  const { log, schemas } = options.opened;
  const readListeners = new Set<() => void>();
  const reader = startAlarmReader({
    log,
    schemas,
    clock,
    topics,
    decoder: createWireDecoder(),
    onChange: () => {
      picture.readerChanged();
      for (const listener of readListeners) listener();
    },
    onHead: () => picture.readerReachedHead(),
  });
  picture.follow(reader, topics.includes(ALARM_OCCURRENCES));
  const commands = createCommandDesk({
    clock,
    createId: options.createId,
    formatTime: options.formatTime,
    write: writeOrderTo(createAlarmWriter({ log, schemas, identity, clock })),
    alarms: {
      isLive: () => picture.status().phase.phase === 'live',
      state: (name) => reader.book.state(name),
      now: () => reader.now(),
      hasRead: (position) => reader.hasRead(position),
      onRead(listener) {
        readListeners.add(listener);
        return () => readListeners.delete(listener);
      },
    },
  });
  return {
    reader,
    commands,
    async close() {
      commands.close();
      picture.follow(null, false);
      await reader.close();
    },
  };
}

function writeOrderTo(writer: AlarmWriter): WriteOrder {
  return async (order) => {
    const written = await writer.write(order);
    return written.ok ? written : { ok: false, error: failureOf(order.name, written.error) };
  };
}

function failureOf(alarm: string, { cause, problem }: WriteProblem): WriteFailure {
  const detail = problem.message;
  switch (cause) {
    case 'encoding':
      return { reason: { code: 'NotExpressible', alarm, detail }, isEffectKnown: true };
    case 'schemas':
      return { reason: { code: 'LogRefused', alarm, detail }, isEffectKnown: true };
    case 'log':
      return {
        reason: { code: 'LogRefused', alarm, detail },
        isEffectKnown: problem.code !== 'TimedOut',
      };
    default:
      return assertNever(cause);
  }
}
