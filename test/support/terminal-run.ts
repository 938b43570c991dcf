import { spawn, spawnSync } from 'node:child_process';

/** How a program on a terminal ended, and everything that a person saw. */
export interface TerminalRun {
  readonly code: number | null;
  readonly seen: string;
}

/** What a person types, once this stands on the terminal. */
export interface Typing {
  readonly after: string;
  readonly keys: string;
}

/** Why no terminal can be had here; null where it can. */
export function whyNoTerminal(): string | null {
  if (process.platform !== 'linux') return 'the terminal of the tests is that of util-linux';
  return spawnSync('script', ['--version']).error === undefined
    ? null
    : 'the terminal of the tests needs the program script';
}

/** Runs a program on a real terminal of its own, types what is asked for, and answers when it has ended. */
export function runOnTerminal(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  typing: readonly Typing[],
): Promise<TerminalRun> {
  const line = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    env: { ...process.env, ...env, SHELL: '/bin/sh', TERM: 'dumb' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const open = [...typing];
  let seen = '';
  child.stdout.on('data', (chunk: Buffer) => {
    seen += chunk.toString();
    const next = open[0];
    if (next === undefined || !seen.includes(next.after)) return;
    open.shift();
    child.stdin.write(next.keys);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, seen }));
  });
}
