import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { everyCommand } from '../../cli/command/registry.ts';
import { completionScript } from '../../cli/documents/completions.ts';
import type { Shell } from '../../cli/documents/shells.ts';
import { projectRoot } from './sources/source-files.ts';

/** Lines as they are typed, and the last words that Tab at their ends offers, as the shell itself says. */
export type Offers = ReadonlyMap<string, readonly string[]>;

/** Sources the completion script of this shell in it, in a folder of a test, and presses Tab at the end of each line. */
export async function offersOf(
  shell: Shell,
  folder: string,
  lines: readonly string[],
): Promise<Offers> {
  await mkdir(folder, { recursive: true });
  const script = join(folder, 'klaxon-words');
  await writeFile(script, completionScript(shell, await everyCommand()));
  const texts = ASK[shell](script, lines, folder);
  return new Map(lines.map((line, at) => [line, offeredIn(texts[at] ?? '', line)]));
}

/** Whether this computer has the shell. */
export function hasShell(shell: Shell): boolean {
  return spawnSync(shell, ['--version']).status === 0;
}

type Ask = (script: string, lines: readonly string[], cwd: string) => readonly string[];

const ASK: Readonly<Record<Shell, Ask>> = { bash: askBash, zsh: askZsh, fish: askFish };

/** Alt-* puts every completion into the line, so the command is called with them. */
function askBash(script: string, lines: readonly string[], cwd: string): readonly string[] {
  const typed = lines.map((line) => `${line}\u001b*\n`).join('');
  const input = `source ${script}\nklaxon () { echo "offered $*"; }\n${typed}exit\n`;
  const { stdout } = spawnSync('bash', ['--norc', '--noprofile', '-i'], { input, cwd });
  return stdout
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('offered '))
    .map((line) => line.slice('offered '.length));
}

function askZsh(script: string, lines: readonly string[], cwd: string): readonly string[] {
  const driver = join(projectRoot, 'test', 'support', 'press-tab.zsh');
  const { stdout } = spawnSync('zsh', ['-f', driver, script, ...lines], { cwd, timeout: 30_000 });
  return stdout.toString().split('\n');
}

/** Fish answers what it would offer, with the meaning behind a tab. */
function askFish(script: string, lines: readonly string[], cwd: string): readonly string[] {
  return lines.map((line) => {
    const ask = 'source $argv[1]; complete -C $argv[2]';
    const { stdout } = spawnSync('fish', ['--no-config', '-c', ask, script, line], { cwd });
    const words = stdout
      .toString()
      .split('\n')
      .map((offer) => offer.split('\t')[0] ?? '');
    return `${before(line)} ${words.join(' ')}`;
  });
}

/** The words of the line that stand before the one that is completed, without `klaxon`. */
function before(line: string): string {
  return line.split(' ').slice(1, -1).join(' ');
}

function offeredIn(text: string, line: string): readonly string[] {
  const words = text.slice(before(line).length).split(/\s+/);
  return words.filter((word) => word !== '').sort();
}
