import type { Audit } from '../../core/audit/audit.ts';
import { lineText } from '../../core/lib/line-text.ts';
import type { LogHeader } from '../../core/ports/alarm-log.ts';
import { jsonText } from '../../schemas/codecs/avro-json.ts';
import { attemptDecode } from '../../schemas/codecs/describe-record.ts';
import { createHeaderReader } from '../../schemas/codecs/record-headers.ts';
import { type KeptRecord, keyBytes, valueBytes } from '../reading/kept-record.ts';
import type { Decoded, RecordDecoder } from '../reading/record-decoder.ts';
import { ctime } from './local-time.ts';
import { pythonString, pythonText } from './python-text.ts';

/** How records are written out. */
export interface LineStyle {
  /** `seed`: the line of the seeds; `json`: one object a line (docs/cli.md); `avro`: `key=AvroJSON`, which `set-registered --file` takes. */
  readonly format: 'seed' | 'json' | 'avro';
  /** Without time and audit headers. */
  readonly isBare: boolean;
  readonly hasColour: boolean;
}

/** Writes records as lines; the schemas that they name have been learned. */
export type LineWriter = (record: KeptRecord) => string;

/** A writer for one output: equal headers and values are written out once. */
export function createLineWriter(decoder: RecordDecoder, style: LineStyle): LineWriter {
  const auditOf = createAuditReader();
  switch (style.format) {
    case 'json':
      return (record) => jsonLine(record, decoder, auditOf(record.headers));
    case 'avro':
      return (record) => avroLine(decoder.key(record), decoder.value(record));
    case 'seed':
      return createSeedWriter(decoder, style, auditOf);
    default:
      return style.format satisfies never;
  }
}

type AuditReader = (headers: readonly LogHeader[]) => Audit;

function createAuditReader(): AuditReader {
  const reader = createHeaderReader();
  return (headers) => reader.read(headers).audit;
}

/** `time | user | producer | host | key = value`; where keys are plain text the seeds print no `=`. */
function createSeedWriter(
  decoder: RecordDecoder,
  { isBare, hasColour }: LineStyle,
  auditOf: AuditReader,
): LineWriter {
  const texts = new WeakMap<object, string>();
  const people = new WeakMap<Audit, string>();
  const dim = hasColour ? (text: string) => `\u001b[2m${text}\u001b[22m` : (text: string) => text;
  const valueText = (decoded: Decoded): string => {
    let text = texts.get(decoded);
    if (text === undefined) {
      text = decoded.ok ? pythonText(decoded.plain) : `undecodable: ${decoded.reason}`;
      texts.set(decoded, text);
    }
    return text;
  };
  const who = (audit: Audit): string => {
    let text = people.get(audit);
    if (text === undefined) {
      const { user = '', producer = '', host = '' } = audit;
      text = ` | ${lineText(user)} | ${lineText(producer)} | ${lineText(host)} | `;
      people.set(audit, text);
    }
    return text;
  };
  return (record) => {
    const isText = record.keySchema < 0;
    const meta = isBare ? '' : dim(ctime(record.timestampAt) + who(auditOf(record.headers)));
    return `${meta}${keyText(record, decoder)}${isText ? ' ' : ' = '}${valueText(decoder.value(record))}\n`;
  };
}

function keyText(record: KeptRecord, decoder: RecordDecoder): string {
  // The text of any other key costs more than the rest of its line.
  const plain = decoder.plainKey(record);
  if (plain !== null) {
    return `{'name': ${pythonString(plain.name)}, 'type': ${pythonString(plain.type)}}`;
  }
  const key = decoder.key(record);
  if (!key.ok) return attemptDecode(keyBytes(record) ?? new Uint8Array(0));
  return typeof key.plain === 'string' ? lineText(key.plain) : pythonText(key.plain);
}

function jsonLine(record: KeptRecord, decoder: RecordDecoder, audit: Audit): string {
  const { topic, partition, offset, timestampAt } = record;
  const key = decoder.key(record);
  const value = decoder.value(record);
  const { user = null, producer = null, host = null } = audit;
  const line = {
    topic,
    partition,
    offset,
    at: new Date(timestampAt).toISOString(),
    user,
    producer,
    host,
    key: key.ok ? key.plain : null,
    value: value.ok ? value.plain : null,
    ...undecodable(record, key, value),
  };
  return `${jsonText(line)}\n`;
}

function undecodable(record: KeptRecord, key: Decoded, value: Decoded): object {
  const reasons = [key, value].flatMap((part) => (part.ok ? [] : [part.reason]));
  if (reasons.length === 0) return {};
  const bytes = valueBytes(record);
  return {
    undecodable: reasons.join('; '),
    bytes: bytes === null ? null : Buffer.from(bytes).toString('base64'),
  };
}

function avroLine(key: Decoded, value: Decoded): string {
  if (!key.ok || !value.ok || value.plain === null) return '';
  const name = typeof key.plain === 'string' ? key.plain : jsonText(key.plain);
  return `${name}=${jsonText(value.avroJson)}\n`;
}
