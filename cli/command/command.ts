import type { Identity } from '../../core/audit/audit.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Terminal } from '../output/terminal.ts';
import type { Outcome } from './outcome.ts';

/** One option as people type it. Parser, help, completions, man page and docs/cli.md all read this. */
export interface OptionSpec {
  /** Without the dashes. */
  readonly name: string;
  /** What stands for its value in help, e.g. `SECONDS`; absent: the option is a flag. */
  readonly value?: string;
  readonly summary: string;
  /** The only values that there are; absent: the command judges the value. */
  readonly choices?: readonly string[];
  /** Choices may be written in any case of letters. */
  readonly isCaseless?: true;
  readonly isRepeatable?: true;
  /** The names of options that mean nothing beside it: both together are refused. */
  readonly excludes?: readonly string[];
  /** Nothing is a value too; of any other option it is refused. */
  readonly mayBeEmpty?: true;
  /** The environment variable that is taken where the option is not given; of a flag it is `true` or `false`. */
  readonly env?: string;
  /** What holds where nothing is said; for people. */
  readonly fallback?: string;
}

/** One word of the command line that is no option. */
export interface OperandSpec {
  /** In capitals, as in help. */
  readonly name: string;
  readonly summary: string;
  /** Blanks alone are a word too, as they may be the name of an alarm; of any other operand they are refused. */
  readonly isAnyText?: true;
  readonly isOptional?: true;
  readonly isRepeatable?: true;
  readonly choices?: readonly string[];
}

/** The words of a command line, checked against the command's table. */
export interface ParsedArguments {
  /** Whether an option was given on the command line; a flag also by its variable. */
  has(option: OptionSpec): boolean;
  /** The value: of the command line, else of the option's environment variable; the last where it came more than once. */
  text(option: OptionSpec): string | undefined;
  /** Every value that was given. */
  texts(option: OptionSpec): readonly string[];
  readonly operands: readonly string[];
  /** What is another program's, as it was typed; empty where the command passes nothing on. */
  readonly passedOn: readonly string[];
}

/** A command line that works, and what it does. */
export interface CommandExample {
  /** Without `klaxon`. */
  readonly line: string;
  readonly does: string;
}

/** The heading under which help lists a command. */
export const COMMAND_GROUPS = [
  'Alarms',
  'Registered alarms',
  'Shelves',
  'Seed 1',
  'Topics and schemas',
  'Connection profiles',
  'Users and rights',
  'Consumer groups',
  'Services',
  'This program',
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** One command: its words as data, and what it does. */
export interface Command {
  readonly name: string;
  readonly group: CommandGroup;
  /** One line, a verb first, without a full stop. */
  readonly summary: string;
  /** Paragraphs. */
  readonly details: readonly string[];
  readonly operands: readonly OperandSpec[];
  readonly options: readonly OptionSpec[];
  /** What follows the first operand is another program's command line: none of it is parsed here. */
  readonly passesOn?: true;
  readonly examples: readonly CommandExample[];
  run(call: CommandCall): Promise<Outcome>;
}

/** The world as the composition root hands it to a command. */
export interface CommandCall {
  readonly given: ParsedArguments;
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Who acts, for the audit headers. Throws where the operating system knows nobody. */
  readonly identity: () => Identity;
}
