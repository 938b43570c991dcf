import * as z from 'zod/mini';
import { assertNever } from '../../core/lib/invariant.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { type DurationMs, durationMs } from '../../core/lib/units.ts';
import type { AlarmLog, LogProblem } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaProblem, SchemaStore } from '../../core/ports/schema-store.ts';
import { ConsoleSession } from './console-session.ts';
import { packAppend } from './record-parts.ts';
import {
  APPEND_ANSWER,
  CREATE_ANSWER,
  DESCRIBE_ANSWER,
  REGISTER_ANSWER,
  SCHEMA_ANSWER,
  VERSIONS_ANSWER,
} from './server-messages.ts';
import { type Surroundings, surroundingsOfProcess } from './socket-place.ts';
import { otherProtocol } from './socket-problems.ts';

export interface ConnectOptions {
  readonly clock: Clock;
  /** So long may the console take to greet, and to answer a request; 10 s where nothing is said. */
  readonly patienceMs?: DurationMs;
  /** Where sockets may lie; the process' own where nothing is said. */
  readonly around?: Surroundings;
}

/** The log of a console, as another program of the same user has it. */
export interface ConnectedLog {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  close(): Promise<void>;
}

const PATIENCE_MS = durationMs(10_000);

/**
 * Reaches the log in `logFolder` through the console that holds it.
 *
 * A connection that is lost is made anew for readings, which begin again (`onReset`); a request that was under way then
 * answers `TimedOut`: whether it was done is not known. Fails with `Unreachable`, `NotAuthorized` or `NotALog`.
 */
export async function connectLog(
  logFolder: string,
  { clock, patienceMs = PATIENCE_MS, around = surroundingsOfProcess() }: ConnectOptions,
): Promise<Result<ConnectedLog, LogProblem>> {
  const session = new ConsoleSession(logFolder, {
    clock,
    around,
    connectMs: patienceMs,
    requestMs: patienceMs,
  });
  const linked = await session.connect();
  if (!linked.ok) {
    await session.close();
    return linked;
  }
  const { path } = linked.value;
  return ok({
    log: logOver(session, path),
    schemas: schemasOver(session, path),
    close: () => session.close(),
  });
}

function logOver(session: ConsoleSession, path: string): AlarmLog {
  return {
    read: (topics, listener, tail) => session.read(topics, listener, tail),
    append: async (record) => {
      const asked = await session.ask({ say: 'append', topic: record.topic }, packAppend(record));
      return asked.ok ? parsed(APPEND_ANSWER, asked.value, path) : asked;
    },
    describeTopics: async (topics) => {
      const asked = await session.ask({ say: 'describeTopics', topics: [...topics] });
      return asked.ok ? parsed(DESCRIBE_ANSWER, asked.value, path) : asked;
    },
    createTopics: async (specs) => {
      const plain = specs.map((spec) => ({ ...spec, settings: { ...spec.settings } }));
      const asked = await session.ask({ say: 'createTopics', specs: plain });
      if (!asked.ok) return asked;
      const answer = parsed(CREATE_ANSWER, asked.value, path);
      return answer.ok ? ok(undefined) : answer;
    },
    close: () => session.close(),
  };
}

function schemasOver(session: ConsoleSession, path: string): SchemaStore {
  return {
    schemaById: async (id) => {
      const asked = await session.ask({ say: 'schemaById', id });
      return schemaAnswer(asked.ok ? parsed(SCHEMA_ANSWER, asked.value, path) : asked);
    },
    versionsOf: async (subject) => {
      const asked = await session.ask({ say: 'versionsOf', subject });
      return schemaAnswer(asked.ok ? parsed(VERSIONS_ANSWER, asked.value, path) : asked);
    },
    register: async (subject, schema) => {
      const asked = await session.ask({ say: 'register', subject, schema });
      return schemaAnswer(asked.ok ? parsed(REGISTER_ANSWER, asked.value, path) : asked);
    },
  };
}

function parsed<T>(form: z.ZodMiniType<T>, answer: unknown, path: string): T | Failed {
  const read = z.safeParse(form, answer);
  return read.success ? read.data : failure(otherProtocol(path, 'answers what is not understood'));
}

type Failed = { readonly ok: false; readonly error: LogProblem };

/** The problems of the log among the answers, in the codes of the schema store. */
function schemaAnswer<T>(answer: Result<T, LogProblem | SchemaProblem>): Result<T, SchemaProblem> {
  return answer.ok ? answer : failure(schemaProblemOf(answer.error));
}

function schemaProblemOf(problem: LogProblem | SchemaProblem): SchemaProblem {
  const { code, message, remedy, isRetriable } = problem;
  switch (code) {
    case 'NotFound':
    case 'Refused':
    case 'NotARegistry':
    case 'Unreachable':
    case 'TimedOut':
    case 'Unexpected':
      return { code, message, remedy, isRetriable };
    case 'NotALog':
      return { code: 'NotARegistry', message, remedy, isRetriable };
    case 'Closed':
      return { code: 'Unreachable', message, remedy, isRetriable };
    case 'AuthenticationFailed':
    case 'Corrupt':
    case 'DiskFull':
    case 'HistoryLost':
    case 'NotAuthorized':
    case 'RecordTooLarge':
    case 'StoreDamaged':
    case 'StoreInUse':
    case 'TlsFailed':
    case 'TopicMissing':
      return { code: 'Unexpected', message, remedy, isRetriable };
    default:
      return assertNever(code);
  }
}
