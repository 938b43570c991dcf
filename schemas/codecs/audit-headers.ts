import { Buffer } from 'node:buffer';
import { ANSWERS_HEADER, AUDIT_HEADERS, type Identity } from '../../core/audit/audit.ts';
import type { LogAppend, RecordPosition } from '../../core/ports/alarm-log.ts';

/**
 * The headers of every record that we write: `user`, `producer`, `host` in seed 0's order, as UTF-8, and on an
 * acknowledgement that answers a record, `answers` after them. The only place that builds them; there is no default,
 * and none is ever null (a null value ends seed 0's list programs).
 */
export function auditHeaders(
  identity: Identity,
  answers: RecordPosition | undefined,
): LogAppend['headers'] {
  const headers = AUDIT_HEADERS.map((name) => ({ name, value: Buffer.from(identity[name]) }));
  if (answers === undefined) {
    return headers;
  }
  const text = `${answers.topic}/${answers.partition}/${answers.offset}`;
  return [...headers, { name: ANSWERS_HEADER, value: Buffer.from(text) }];
}
