import { Buffer } from 'node:buffer';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import {
  ANSWERS_HEADER,
  AUDIT_HEADERS,
  type Audit,
  BECAUSE_HEADER,
  type Identity,
  REPLACES_HEADER,
} from '../../core/audit/audit.ts';
import { assertNever } from '../../core/lib/invariant.ts';
import type { LogAppend } from '../../core/ports/alarm-log.ts';
import { SHELF_CAUSES, type ShelfCause } from '../../core/shelving/shelf-cause.ts';
import { formatPosition, formatReach, UP_TO_HEADER } from './record-references.ts';

/** A service writes a hundred thousand records under one identity: its headers are made once. */
const headersOfIdentity = new WeakMap<Identity, LogAppend['headers']>();

/** The headers that tell who writes: `user`, `producer`, `host` in seed 0's order, as UTF-8. */
export function auditHeaders(identity: Identity): LogAppend['headers'] {
  const known = headersOfIdentity.get(identity) ?? headersOfAudit(identity);
  headersOfIdentity.set(identity, known);
  return known;
}

/**
 * The headers of a record that we write: `user`, `producer`, `host` in seed 0's order, as UTF-8; after them `answers` on an
 * acknowledgement that answers a record, `up-to` on the keeper's tombstone, and `replaces` and `because` on the shelf
 * service's records. A shelf that is written on behalf of who shelved keeps their `user` and `host`. The only place that builds them;
 * there is no default, and none is ever null (a null value ends seed 0's list programs).
 */
export function recordHeaders(order: AlarmOrder, identity: Identity): LogAppend['headers'] {
  const { onBehalfOf } = order;
  const audit =
    onBehalfOf === undefined
      ? auditHeaders(identity)
      : headersOfAudit({ ...onBehalfOf, producer: identity.producer });
  return [...audit, ...referencesOf(order)];
}

function headersOfAudit(audit: Audit): LogAppend['headers'] {
  return AUDIT_HEADERS.flatMap((name) => {
    const text = audit[name];
    return text === undefined ? [] : [header(name, text)];
  });
}

const CAUSE_HEADERS: ReadonlyMap<ShelfCause, LogAppend['headers'][number]> = new Map(
  SHELF_CAUSES.map((cause) => [cause, header(BECAUSE_HEADER, cause)]),
);

function referencesOf(order: AlarmOrder): LogAppend['headers'] {
  const headers: LogAppend['headers'][number][] = [];
  const reference = referenceOf(order);
  if (reference !== null) headers.push(reference);
  const { replaces, because } = order;
  if (replaces !== undefined) headers.push(header(REPLACES_HEADER, formatPosition(replaces)));
  const cause = because === undefined ? undefined : CAUSE_HEADERS.get(because);
  if (cause !== undefined) headers.push(cause);
  return headers;
}

function referenceOf({ fact, answers }: AlarmOrder): LogAppend['headers'][number] | null {
  switch (fact.fact) {
    case 'simpleAcknowledged':
    case 'epicsAcknowledged':
      return answers === undefined ? null : header(ANSWERS_HEADER, formatPosition(answers));
    case 'occurrenceClosed':
      return fact.upTo === null ? null : header(UP_TO_HEADER, formatReach(fact.upTo));
    case 'simpleChanged':
    case 'epicsChanged':
    case 'registered':
    case 'unregistered':
    case 'shelved':
    case 'unshelved':
    case 'occurrenceKept':
      return null;
    default:
      return assertNever(fact);
  }
}

function header(name: string, text: string): LogAppend['headers'][number] {
  return { name, value: Buffer.from(text) };
}
