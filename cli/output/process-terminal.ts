import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Terminal } from './terminal.ts';

/** The terminal, or the pipes, that this process was started with. */
export function createProcessTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  const ended = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  let isPrinting = false;
  // `klaxon … | head` has read enough: nothing is wrong, and nobody is left to be told. A service prints nothing here.
  const endWithReader = (): void => {
    if (isPrinting) return;
    isPrinting = true;
    stdout.on('error', () => process.exit(0));
  };
  return {
    ended,
    hasColour: stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '',
    write: (text) =>
      new Promise((resolve) => {
        endWithReader();
        stdout.write(text, () => resolve());
      }),
    tell: (line) => {
      stderr.write(`${line}\n`);
    },
    ask: (question, isSecret = false) => askPerson(question, isSecret),
    readInput: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks);
    },
  };
}

/** Asks on the error stream, so that what a command prints can go into a file. */
function askPerson(question: string, isSecret: boolean): Promise<string | null> {
  const { stdin, stderr } = process;
  if (stdin.isTTY !== true) return Promise.resolve(null);
  return new Promise((resolve) => {
    stderr.write(question);
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const output = isSecret ? silent : stderr;
    const lines = createInterface({ input: stdin, output, terminal: true });
    let answer: string | null = null;
    lines.once('line', (line) => {
      answer = line;
      lines.close();
    });
    lines.once('SIGINT', () => lines.close());
    lines.once('close', () => {
      if (isSecret) stderr.write('\n');
      resolve(answer);
    });
  });
}
