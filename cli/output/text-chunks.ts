import type { Terminal } from './terminal.ts';

/** Characters that are gathered before they are written: a write a line costs more than the line. */
const CHUNK = 65_536;

/** Gathers lines and writes them in big pieces. */
export interface ChunkedOutput {
  add(text: string): void | Promise<void>;
  flush(): Promise<void>;
}

/** Over a terminal; `add` answers a promise only when a piece went out. */
export function createChunkedOutput(terminal: Terminal): ChunkedOutput {
  let pieces: string[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    if (length === 0) return;
    const text = pieces.join('');
    pieces = [];
    length = 0;
    await terminal.write(text);
  };
  return {
    add(text) {
      pieces.push(text);
      length += text.length;
      return length >= CHUNK ? flush() : undefined;
    },
    flush,
  };
}
