import { nearest } from '../core/lib/nearest.ts';
import type { Command, CommandCall } from './command/command.ts';
import { NobodyError } from './command/nobody-error.ts';
import { EXIT_CODES, failed, misused, type Outcome } from './command/outcome.ts';
import { HELP, parseArguments, shown } from './command/parse-arguments.ts';
import { COMMAND_NAMES, everyCommand, loadCommand } from './command/registry.ts';

/** The world without what is parsed from the command line. */
export type Surroundings = Omit<CommandCall, 'given'>;

/** Does what the words after `klaxon` say; answers the exit code. Loads nothing but the command that is asked for. */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<number> {
  const outcome = await outcomeOf(words, surroundings).catch(outcomeOfThrown);
  for (const { message, remedy = '' } of outcome.problems) {
    surroundings.terminal.tell(`klaxon: ${message} ${remedy.replace(TRIES_AGAIN, '')}`.trimEnd());
  }
  return outcome.exit;
}

/** Nobody is left with a bare stack: what was thrown is told as any problem is, on one line, with the places to look. */
function outcomeOfThrown(thrown: unknown): Outcome {
  if (thrown instanceof NobodyError) return failed(thrown.complaint);
  const what = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  const lines = what.split('\n', FAULT_LINES).map((line) => line.trim());
  return failed({
    message: `A fault of this program: ${lines.join(' | ')}.`,
    remedy: 'Please report this line, with what was typed.',
  });
}

/** What was thrown, and the innermost of the places. */
const FAULT_LINES = 6;

/** What the adapters promise for a console that stays; this program has given up. */
const TRIES_AGAIN = /\s*(Nothing: )?Klaxon tries again by itself\.|; it goes on by itself/;

async function outcomeOf(words: readonly string[], surroundings: Surroundings): Promise<Outcome> {
  const [name = 'help', ...rest] = words;
  if (name === 'help' || name === '--help' || name === '-h') return help(rest, surroundings);
  const command = await loadCommand(name === '--version' || name === '-V' ? 'version' : name);
  if (command === undefined) return unknownCommand(name);
  return runCommand(command, rest, surroundings);
}

async function runCommand(
  command: Command,
  words: readonly string[],
  surroundings: Surroundings,
): Promise<Outcome> {
  const given = parseArguments(command, words, surroundings.env);
  if (!given.ok) return misused(given.error, `See: klaxon ${command.name} --help`);
  if (given.value.has(HELP)) return help([command.name], surroundings);
  return command.run({ ...surroundings, given: given.value });
}

async function help(
  [name, extra]: readonly string[],
  { terminal }: Pick<Surroundings, 'terminal'>,
): Promise<Outcome> {
  if (extra !== undefined)
    return misused(`${shown(extra)} is one word too many.`, 'See: klaxon --help');
  const { commandHelp, programHelp } = await import('./command/help-text.ts');
  const command = name === undefined ? undefined : await loadCommand(name);
  if (name !== undefined && command === undefined) return unknownCommand(name);
  const text = command === undefined ? programHelp(await everyCommand()) : commandHelp(command);
  await terminal.write(text);
  return { exit: EXIT_CODES.done, problems: [] };
}

function unknownCommand(name: string): Outcome {
  const near = nearest(name, COMMAND_NAMES);
  const hint = near === null ? 'See: klaxon --help' : `Did you mean ${near}?`;
  return misused(`There is no command ${shown(name)}.`, hint);
}
