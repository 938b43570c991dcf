import { isObject } from '../../core/lib/is-object.ts';
import { escapeUnprintable, isPlain } from '../../core/lib/line-text.ts';
import { jsonText } from '../../schemas/codecs/avro-json.ts';

/** A value as the seeds' Python programs print it: `{'msg': {'sevr': 'MAJOR'}}`, True, None. */
export function pythonText(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'string') return pythonString(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value instanceof Uint8Array) return `b${pythonString(Buffer.from(value).toString('latin1'))}`;
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`;
  if (!isObject(value)) return jsonText(value);
  return objectText(value);
}

/** Without a list of its entries, which costs more than the text: a key of each of a hundred thousand records is written so. */
function objectText(value: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const name of Object.keys(value)) {
    const separator = text === '' ? '' : ', ';
    text += `${separator}${fieldText(name)}: ${pythonText(value[name])}`;
  }
  return `{${text}}`;
}

/** The names of fields are few, and each stands in every line. */
function fieldText(name: string): string {
  let text = FIELDS.get(name);
  if (text === undefined) {
    text = pythonString(name);
    if (FIELDS.size < MOST_FIELDS) FIELDS.set(name, text);
  }
  return text;
}

const FIELDS = new Map<string, string>();
const MOST_FIELDS = 256;

/** A text in the quotes that Python chooses, with what cannot be printed escaped. */
export function pythonString(text: string): string {
  if (isPlain(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = escapeUnprintable(text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`));
  return quote + inner + quote;
}
