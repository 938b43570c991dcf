import { COMMAND_GROUPS, type Command, type OperandSpec, type OptionSpec } from './command.ts';
import { HELP } from './parse-arguments.ts';

const WIDTH = 96;

/** The help of one command. */
export function commandHelp(command: Command): string {
  const blocks = [
    `klaxon ${usageOf(command)}`,
    `${command.summary}.`,
    ...command.details.map((paragraph) => wrap(paragraph, 0).join('\n')),
    list('Operands', command.operands.map(operandLine)),
    list('Options', [...command.options, HELP].map(optionLine)),
    list(
      'Examples',
      command.examples.map(({ line, does }) => [`klaxon ${line}`, does]),
    ),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The help of the program: every command under its heading. */
export function programHelp(commands: readonly Command[]): string {
  const groups = COMMAND_GROUPS.map((group) =>
    list(
      group,
      commands
        .filter((command) => command.group === group)
        .map(({ name, summary }): Line => [name, summary]),
    ),
  );
  const head =
    'klaxon COMMAND [OPTIONS]\n\nThe alarm system in Kafka from the command line. `klaxon COMMAND --help` explains a command.';
  return `${[head, ...groups.filter((group) => group !== '')].join('\n\n')}\n`;
}

/** The command line in short: name, options where there are some, operands. */
export function usageOf({ name, operands, options, passesOn }: Command): string {
  const words = [...operands.map(operandWord), ...(passesOn === true ? ['[ITS OPTIONS]'] : [])];
  return [name, ...(options.length > 0 ? ['[OPTIONS]'] : []), ...words].join(' ');
}

/** An operand as it stands in a usage line. */
export function operandWord({ name, isOptional, isRepeatable }: OperandSpec): string {
  const word = isRepeatable === true ? `${name}…` : name;
  return isOptional === true ? `[${word}]` : word;
}

/** An option as it is typed. */
export function optionWord({ name, value }: OptionSpec): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

/** What an option means, with its choices, its variable and what holds without it. */
export function optionMeaning({ summary, choices, env, fallback }: OptionSpec): string {
  const also = [
    choices === undefined ? '' : `One of: ${choices.join(', ')}.`,
    env === undefined ? '' : `Variable: ${env}.`,
    fallback === undefined ? '' : `Default: ${fallback}.`,
  ];
  return [summary, ...also.filter((part) => part !== '')].join(' ');
}

type Line = readonly [word: string, meaning: string];

function operandLine(operand: OperandSpec): Line {
  const choices = operand.choices === undefined ? '' : ` One of: ${operand.choices.join(', ')}.`;
  return [operandWord(operand), operand.summary + choices];
}

function optionLine(option: OptionSpec): Line {
  return [optionWord(option), optionMeaning(option)];
}

function list(title: string, lines: readonly Line[]): string {
  if (lines.length === 0) return '';
  const column = Math.min(34, Math.max(...lines.map(([word]) => word.length)) + 4);
  return [`${title}:`, ...lines.flatMap((line) => entry(line, column))].join('\n');
}

function entry([word, meaning]: Line, column: number): readonly string[] {
  const [first = '', ...more] = wrap(meaning, column);
  const isShort = word.length + 4 <= column;
  const head = isShort ? [`  ${word.padEnd(column - 2)}${first.trim()}`] : [`  ${word}`, first];
  return [...head, ...more];
}

function wrap(text: string, indent: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((one) => ' '.repeat(indent) + one);
}
