import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { fileFault } from '../../adapters/system/file-fault.ts';
import { lineText, toldLine } from '../../core/lib/line-text.ts';
import { EXIT_CODES } from '../command/outcome.ts';
import type { Terminal } from './terminal.ts';

/** The terminal, or the pipes, that this process was started with. */
export function createProcessTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  let isPrinting = false;
  // A service prints nothing here, and is not ended by a reader of its log that is gone.
  const endWithReader = (): void => {
    if (isPrinting) return;
    isPrinting = true;
    stdout.on('error', (problem) => {
      // `klaxon … | head` has read enough: nothing is wrong, and nobody is left to be told.
      if ('code' in problem && problem.code === 'EPIPE') process.exit(EXIT_CODES.done);
      stderr.write(`klaxon: What was to be printed is not whole: ${fileFault(problem)}.\n`);
      process.exit(EXIT_CODES.failed);
    });
  };
  let ended: Promise<void> | undefined;
  return {
    // Only who waits for it takes the signals over: any other command ends at once, as programs do.
    get ended() {
      ended ??= new Promise<void>((resolve) => {
        process.once('SIGINT', () => resolve());
        process.once('SIGTERM', () => resolve());
      });
      return ended;
    },
    hasColour: stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '',
    write: (text) =>
      new Promise((resolve) => {
        endWithReader();
        stdout.write(text, () => resolve());
      }),
    tell: (line) => {
      stderr.write(`${toldLine(line)}\n`);
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
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const output = isSecret ? silent : stderr;
    const lines = createInterface({ input: stdin, output, terminal: true });
    // Only now is nothing shown that is typed.
    stderr.write(lineText(question));
    let answer: string | null = null;
    lines.once('line', (line) => {
      answer = line;
      lines.close();
    });
    lines.once('SIGINT', () => {
      lines.close();
      process.exit(EXIT_CODES.interrupted);
    });
    lines.once('close', () => {
      if (isSecret) stderr.write('\n');
      resolve(answer);
    });
  });
}
