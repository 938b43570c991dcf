import * as z from 'zod/mini';
import { epochMs } from '../../core/lib/units.ts';

const CODES = [
  'Unreachable',
  'NotALog',
  'TlsFailed',
  'AuthenticationFailed',
  'NotAuthorized',
  'TopicMissing',
  'HistoryLost',
  'Corrupt',
  'RecordTooLarge',
  'TimedOut',
  'DiskFull',
  'StoreDamaged',
  'StoreInUse',
  'Closed',
  'Unexpected',
] as const;

const SCHEMA_CODES = [
  'Unreachable',
  'NotARegistry',
  'NotFound',
  'Refused',
  'TimedOut',
  'Unexpected',
] as const;

const WORDS = { message: z.string(), remedy: z.string(), isRetriable: z.boolean() };

/** A problem of the log as it crosses the socket. */
export const PROBLEM = z.object({ code: z.enum(CODES), ...WORDS });

/** A problem of the schema store as it crosses the socket. */
export const SCHEMA_PROBLEM = z.object({ code: z.enum(SCHEMA_CODES), ...WORDS });

/** An offset, an id, a count. */
export const WHOLE = z.int().check(z.minimum(0));

/** A moment, in milliseconds since 1970. */
export const MOMENT = z.pipe(z.number(), z.transform(epochMs));

/** A phase of a reading. */
export const PHASE = z.discriminatedUnion('phase', [
  z.object({
    phase: z.literal('connecting'),
    attempt: WHOLE,
    problem: z.exactOptional(PROBLEM),
  }),
  z.object({ phase: z.literal('replaying'), read: WHOLE, total: WHOLE }),
  z.object({ phase: z.literal('live') }),
  z.object({ phase: z.literal('stale'), sinceAt: MOMENT, problem: z.exactOptional(PROBLEM) }),
  z.object({ phase: z.literal('failed'), problem: PROBLEM }),
]);

/** A topic's settings by name. */
export const SETTINGS = z.record(z.string(), z.string());

/** What a topic is to be like. */
export const SPEC = z.object({
  topic: z.string(),
  partitions: WHOLE,
  settings: SETTINGS,
});
