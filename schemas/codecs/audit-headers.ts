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
import { formatPosition, formatReach, UP_TO_HEADER } from './record-references.ts';

/** The headers that tell who writes: `user`, `producer`, `host` in seed 0's order, as UTF-8. */
export function auditHeaders(identity: Identity): LogAppend['headers'] {
  return AUDIT_HEADERS.map((name) => ({ name, value: Buffer.from(identity[name]) }));
}

/**
 * The headers of a record that we write: `user`, `producer`, `host` in seed 0's order, as UTF-8; after them `answers` on an
 * acknowledgement that answers a record, `up-to` on the keeper's tombstone, and `replaces` and `because` on the shelf
 * service's records. A shelf that is written on behalf of who shelved keeps their `user` and `host`. The only place that builds them;
 * there is no default, and none is ever null (a null value ends seed 0's list programs).
 */
export function recordHeaders(order: AlarmOrder, identity: Identity): LogAppend['headers'] {
  const { onBehalfOf } = order;
  const audit: Audit =
    onBehalfOf === undefined ? identity : { ...onBehalfOf, producer: identity.producer };
  const told = AUDIT_HEADERS.flatMap((name) => headersOf(name, audit[name]));
  return [...told, ...referencesOf(order)];
}

function referencesOf(order: AlarmOrder): LogAppend['headers'] {
  const reference = referenceOf(order);
  const replaces = order.replaces === undefined ? undefined : formatPosition(order.replaces);
  return [
    ...(reference === null ? [] : [reference]),
    ...headersOf(REPLACES_HEADER, replaces),
    ...headersOf(BECAUSE_HEADER, order.because),
  ];
}

function headersOf(name: string, text: string | undefined): LogAppend['headers'] {
  return text === undefined ? [] : [header(name, text)];
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
