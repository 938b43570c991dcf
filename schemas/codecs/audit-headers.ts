import { Buffer } from 'node:buffer';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import { ANSWERS_HEADER, AUDIT_HEADERS, type Identity } from '../../core/audit/audit.ts';
import { assertNever } from '../../core/lib/invariant.ts';
import type { LogAppend } from '../../core/ports/alarm-log.ts';
import { formatPosition, formatReach, UP_TO_HEADER } from './record-references.ts';

/**
 * The headers of a record that we write: `user`, `producer`, `host` in seed 0's order, as UTF-8; after them `answers` on an
 * acknowledgement that answers a record, and `up-to` on the keeper's tombstone. The only place that builds them;
 * there is no default, and none is ever null (a null value ends seed 0's list programs).
 */
export function recordHeaders(order: AlarmOrder, identity: Identity): LogAppend['headers'] {
  const audit = identityHeaders(identity);
  const reference = referenceOf(order);
  return reference === null ? audit : [...audit, reference];
}

/** The audit headers alone, of a record that is no order of ours: another system's topics. */
export function identityHeaders(identity: Identity): LogAppend['headers'] {
  return AUDIT_HEADERS.map((name) => ({ name, value: Buffer.from(identity[name]) }));
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
