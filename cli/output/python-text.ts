import { jsonText } from '../../schemas/codecs/avro-json.ts';
import { isObject } from '../../schemas/codecs/avro-schema.ts';

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
    text += `${separator}${pythonString(name)}: ${pythonText(value[name])}`;
  }
  return `{${text}}`;
}

/** A text in the quotes that Python chooses, with what cannot be printed escaped. */
export function pythonString(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll(UNPRINTABLE, escaped);
  return quote + inner + quote;
}

/** A text for a line of its own: what would break the line or steer the terminal is escaped. */
export function lineText(text: string): string {
  return PLAIN.test(text) ? text : text.replaceAll(UNPRINTABLE, escaped);
}

/** Letters, digits and signs of ASCII that need no second look. */
const PLAIN = /^[ !#-&(-[\]-~]*$/;
const UNPRINTABLE = /(?! )[\p{C}\p{Z}]/gu;
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`;
}
