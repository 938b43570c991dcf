import type { AlarmEvent } from '../../core/alarm/events.ts';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { Identity } from '../../core/audit/audit.ts';
import type { Result } from '../../core/lib/result.ts';
import type { LogAppend, LogRecord } from '../../core/ports/alarm-log.ts';
import type { RegisteredSchema } from '../../core/ports/schema-store.ts';
import type { AlarmTopic } from '../topics.ts';

/** What a record turned out to be. */
export type DecodeOutcome =
  | { readonly outcome: 'event'; readonly event: AlarmEvent }
  /** Cannot be decoded. `event` (fact `undecodable`) is there where the key tells which alarm it belongs to. */
  | { readonly outcome: 'undecodable'; readonly reason: string; readonly event?: AlarmEvent }
  /** Names schemas that are not known yet, of key and value: teach them (`learnSchema`), then decode again. */
  | { readonly outcome: 'schemaNeeded'; readonly schemaIds: readonly number[] };

/**
 * Bytes of a record to what they say, for every generation of the wire that we know.
 * Never throws, never takes over 5 ms, never allocates by what a length field claims.
 */
export interface WireDecoder {
  decode(record: LogRecord, isHistoryWhole: boolean): DecodeOutcome;
  /** Teaches the schema of an id; one that cannot be used makes its records undecodable, with the reason. */
  learnSchema(id: number, schema: string): void;
  /** No such schema exists: its records are undecodable from now on. */
  rejectSchema(id: number, reason: string): void;
}

/** Why an order cannot be written in the site's generation of the wire. */
export interface EncodeProblem {
  readonly code: 'UnknownSymbol' | 'NotExpressible' | 'NoSchema';
  /** Names the field and the remedy; for a symbol lists those that exist. */
  readonly message: string;
}

/** Orders to bytes, in the newest registered version of a generation that we know, with the audit headers (decisions 2, 12). */
export interface WireEncoder {
  encode(
    order: AlarmOrder,
    identity: Identity,
    writtenAt: LogAppend['timestampAt'],
  ): Result<LogAppend, EncodeProblem>;
  /** The site's own symbols, from the registered schema. */
  readonly locations: readonly string[];
  readonly categories: readonly string[];
  /** How people know the generation that is written to a topic, e.g. `seed 0 v1`; null where none is registered that we know. */
  readonly generations: Readonly<Record<AlarmTopic, string | null>>;
}

/** Registered versions by subject; how an encoder is chosen. */
export type RegisteredVersions = Readonly<Record<string, readonly RegisteredSchema[]>>;
