import {
  ANSWERS_HEADER,
  AUDIT_HEADERS,
  type Audit,
  BECAUSE_HEADER,
  REPLACES_HEADER,
} from '../../core/audit/audit.ts';
import type { LogHeader } from '../../core/ports/alarm-log.ts';
import { type Reference, UP_TO_HEADER } from './record-references.ts';
import { textOf } from './utf-8.ts';

/** What a record's headers say: who wrote it, and, of an acknowledgement, what it answers. */
export interface HeaderReader {
  /** Reads the headers; equal audits are one shared object. */
  read(headers: readonly LogHeader[]): HeaderWords;
}

/** Good until the next record is read. */
export interface HeaderWords {
  readonly audit: Audit;
  /** Of an acknowledgement: the record that it answers. */
  readonly answers: Reference;
  /** Of a keeper's tombstone: up to which record it holds. */
  readonly upTo: Reference;
  /** Of a record of the shelf service: the one that it takes the place of, and why it was written. */
  readonly replaces: Reference;
  readonly because: Reference;
}

/** Longest audit header that is taken for a name, in bytes; a longer one counts as absent. */
export const MAX_AUDIT_BYTES = 512;

const NOBODY: Audit = Object.freeze({});
const REMEMBERED_AUDITS = 1024;

/**
 * Makes a reader. A header that is missing, null, no UTF-8 or longer than 512 bytes is absent from the audit.
 * One that is repeated counts with its last value, as in the readers of the seeds and in Kafka's own `lastHeader`.
 */
export function createHeaderReader(): HeaderReader {
  const audits: (AuditEntry | undefined)[] = new Array<AuditEntry | undefined>(
    REMEMBERED_AUDITS,
  ).fill(undefined);
  const words: Words = {
    audit: NOBODY,
    answers: { count: 0, value: null },
    upTo: { count: 0, value: null },
    replaces: { count: 0, value: null },
    because: { count: 0, value: null },
    user: null,
    producer: null,
    host: null,
  };
  let last: readonly LogHeader[] | null = null;
  return {
    read: (headers) => {
      // A log answers equal headers as one array: then the words stand already.
      if (headers === last) return words;
      last = headers;
      collect(words, headers);
      words.audit = auditOf(words, audits);
      return words;
    },
  };
}

interface Words {
  audit: Audit;
  readonly answers: CountedValue;
  readonly upTo: CountedValue;
  readonly replaces: CountedValue;
  readonly because: CountedValue;
  user: Uint8Array | null;
  producer: Uint8Array | null;
  host: Uint8Array | null;
}

interface CountedValue {
  count: number;
  value: Uint8Array | null;
}

interface AuditEntry {
  readonly hash: number;
  readonly user: Uint8Array | null;
  readonly producer: Uint8Array | null;
  readonly host: Uint8Array | null;
  readonly audit: Audit;
}

const REFERENCES = ['answers', 'upTo', 'replaces', 'because'] as const;

function collect(words: Words, headers: readonly LogHeader[]): void {
  for (const name of REFERENCES) {
    words[name].count = 0;
    words[name].value = null;
  }
  words.user = null;
  words.producer = null;
  words.host = null;
  for (const header of headers) {
    switch (header.name) {
      case 'user':
        words.user = usable(header.value);
        break;
      case 'producer':
        words.producer = usable(header.value);
        break;
      case 'host':
        words.host = usable(header.value);
        break;
      case ANSWERS_HEADER:
        note(words.answers, header.value);
        break;
      case UP_TO_HEADER:
        note(words.upTo, header.value);
        break;
      case REPLACES_HEADER:
        note(words.replaces, header.value);
        break;
      case BECAUSE_HEADER:
        note(words.because, header.value);
        break;
      default:
        break;
    }
  }
}

function note(reference: CountedValue, value: Uint8Array | null): void {
  reference.count += 1;
  reference.value = value;
}

function usable(value: Uint8Array | null): Uint8Array | null {
  return value !== null && value.length <= MAX_AUDIT_BYTES ? value : null;
}

function auditOf(words: Words, audits: (AuditEntry | undefined)[]): Audit {
  const { user, producer, host } = words;
  if (user === null && producer === null && host === null) {
    return NOBODY;
  }
  const hash = mix(mix(mix(0x811c9dc5, user), producer), host);
  const place = hash & (REMEMBERED_AUDITS - 1);
  const entry = audits[place];
  if (
    entry !== undefined &&
    entry.hash === hash &&
    isSame(entry.user, user) &&
    isSame(entry.producer, producer) &&
    isSame(entry.host, host)
  ) {
    return entry.audit;
  }
  const audit = buildAudit(words);
  audits[place] = {
    hash,
    user: copyOf(user),
    producer: copyOf(producer),
    host: copyOf(host),
    audit,
  };
  return audit;
}

function buildAudit(words: Words): Audit {
  const audit: { user?: string; producer?: string; host?: string } = {};
  for (const name of AUDIT_HEADERS) {
    const value = words[name];
    const text = value === null ? null : textOf(value, 0, value.length);
    if (text !== null) {
      audit[name] = text;
    }
  }
  return Object.freeze(audit);
}

/** From the length, the first byte and the last four: names of people, programs and hosts differ there, and whole ones are compared after. */
function mix(hash: number, value: Uint8Array | null): number {
  if (value === null || value.length === 0) {
    return Math.imul(hash ^ (value === null ? 0x1ff : 0x100), 0x01000193);
  }
  let mixed = Math.imul(hash ^ value.length ^ ((value[0] ?? 0) << 8), 0x01000193);
  for (let at = Math.max(1, value.length - 4); at < value.length; at += 1) {
    mixed = Math.imul(mixed ^ (value[at] ?? 0), 0x01000193);
  }
  return mixed ^ (mixed >>> 15);
}

function isSame(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null) {
    return a === b;
  }
  if (a.length !== b.length) {
    return false;
  }
  for (let at = 0; at < a.length; at += 1) {
    if (a[at] !== b[at]) {
      return false;
    }
  }
  return true;
}

function copyOf(value: Uint8Array | null): Uint8Array | null {
  // `slice` of a Buffer is no copy: it would keep the whole batch of records in memory.
  return value === null ? null : Uint8Array.from(value);
}
