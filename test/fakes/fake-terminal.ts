import type { Terminal } from '../../cli/output/terminal.ts';

/** A terminal that keeps what is written, and whose person says what the test says. */
export interface FakeTerminal extends Terminal {
  readonly written: () => string;
  readonly told: () => readonly string[];
}

/** `answers` are given one a question; after them nobody answers. */
export function createFakeTerminal(
  options: { readonly answers?: readonly string[]; readonly hasColour?: boolean } = {},
): FakeTerminal {
  let written = '';
  const told: string[] = [];
  const answers = [...(options.answers ?? [])];
  return {
    written: () => written,
    told: () => told,
    hasColour: options.hasColour ?? false,
    ended: Promise.resolve(),
    write: async (text) => {
      written += text;
    },
    tell: (line) => {
      told.push(line);
    },
    ask: async () => answers.shift() ?? null,
    readInput: async () => new Uint8Array(0),
  };
}
