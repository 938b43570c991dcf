/** Letters typed one after another to find a row by the start of its name. */
export interface TypeAhead {
  readonly text: string;
  readonly lastAt: number;
}

/** Nothing typed. */
export const NO_TYPE_AHEAD: TypeAhead = { text: '', lastAt: 0 };

/** How long letters belong together, in milliseconds. */
export const TYPE_AHEAD_MS = 1_200;

/**
 * Takes a letter in. Letters that are commands (`reserved`) do not begin a word, but belong to one that is being typed;
 * null = the key is not for type ahead.
 */
export function typed(
  before: TypeAhead,
  key: string,
  nowAt: number,
  reserved: string,
): TypeAhead | null {
  if (!/^\S$/u.test(key)) return null;
  const isGoingOn = before.text !== '' && nowAt - before.lastAt <= TYPE_AHEAD_MS;
  const letter = key.toLowerCase();
  if (!isGoingOn && reserved.includes(letter)) return null;
  return { text: isGoingOn ? before.text + letter : letter, lastAt: nowAt };
}
