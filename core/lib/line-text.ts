/** Whether a text is of letters, digits and signs of ASCII that need no second look: no quote, no backslash, no control. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** A text for a line of its own: what would break the line or steer the terminal is escaped. */
export function lineText(text: string): string {
  return PLAIN.test(text) ? text : escapeUnprintable(text);
}

/** A sentence for people on one line: besides, a word that would fill the screen is cut in its middle. */
export function toldLine(sentence: string): string {
  return lineText(sentence).replaceAll(LONG_WORD, '$1…$2');
}

/** The same text with every character that is not to be seen as an escape, as Python writes it. */
export function escapeUnprintable(text: string): string {
  return text.replaceAll(UNPRINTABLE, escaped);
}

// A path or an address that is in use is shorter, and shown whole.
const LONG_WORD = /(\S{120})\S{150,}(\S{30})/gu;

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
