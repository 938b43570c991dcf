import { parseArgs } from 'node:util';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { OperandSpec, OptionSpec } from './command.ts';

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

/** What a command takes. */
export interface ArgumentTable {
  readonly options: readonly OptionSpec[];
  readonly operands: readonly OperandSpec[];
  readonly passesOn?: true;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `-h` and `--help` are every command's. */
export const HELP: OptionSpec = { name: 'help', summary: 'Show this help.' };

/**
 * Reads the words after the command's name. Refused in one sentence that names the word: an unknown option (with the
 * one that was probably meant), a value that is missing or superfluous, a choice that does not exist (with those that
 * do), an operand too many or too few.
 */
export function parseArguments(
  table: ArgumentTable,
  words: readonly string[],
  env: Environment,
): Result<ParsedArguments, string> {
  const options = [...table.options, HELP];
  const ownCount = table.passesOn === true ? countOwn(words) : words.length;
  const { tokens } = parseArgs({
    args: words.slice(0, ownCount),
    options: Object.fromEntries(options.map((option) => [option.name, kindOf(option)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const read = readOption(options, token);
    if (!read.ok) return read;
    given.set(read.value.name, [...(given.get(read.value.name) ?? []), token.value ?? '']);
  }
  const wrong = given.has(HELP.name) ? null : whatIsWrong(table, given, operands, env);
  const passedOn = words.slice(ownCount);
  return wrong === null ? ok({ ...argumentsOf(given, operands, env), passedOn }) : failure(wrong);
}

/** Up to the first word that is no option, and with it. */
function countOwn(words: readonly string[]): number {
  const first = words.findIndex((word) => !word.startsWith('-'));
  return first < 0 ? words.length : first + 1;
}

function kindOf(option: OptionSpec) {
  const type = option.value === undefined ? ('boolean' as const) : ('string' as const);
  return option.name === HELP.name ? { type, short: 'h' } : { type };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function readOption(
  options: readonly OptionSpec[],
  { name, rawName, value, inlineValue }: OptionToken,
): Result<OptionSpec, string> {
  const option = options.find((one) => one.name === name);
  if (option === undefined) return failure(unknownOption(options, rawName));
  if (option.value === undefined) {
    return value === undefined ? ok(option) : failure(`${rawName} takes no value.`);
  }
  // Another option in the place of a value is a value that was forgotten.
  const isForgotten = value === undefined || (inlineValue !== true && value.startsWith('--'));
  return isForgotten
    ? failure(`${rawName} needs a value: ${rawName} ${option.value}.`)
    : ok(option);
}

function unknownOption(options: readonly OptionSpec[], rawName: string): string {
  const near = nearest(
    rawName.replace(/^-+/, ''),
    options.map(({ name }) => name),
  );
  const hint = near === null ? '' : ` Did you mean --${near}?`;
  return `There is no option ${rawName}.${hint}`;
}

function whatIsWrong(
  { options, operands: specs }: ArgumentTable,
  given: ReadonlyMap<string, readonly string[]>,
  operands: readonly string[],
  env: Environment,
): string | null {
  for (const option of options) {
    const wrong = wrongValues(option, given.get(option.name) ?? [], env);
    if (wrong !== null) return wrong;
  }
  return wrongOperands(specs, operands);
}

function wrongValues(
  option: OptionSpec,
  values: readonly string[],
  env: Environment,
): string | null {
  if (values.length > 1 && option.isRepeatable !== true && option.value !== undefined) {
    return `--${option.name} is given more than once.`;
  }
  const variable = values.length === 0 ? fromEnvironment(option, env) : undefined;
  const choices = choicesOf(option, variable !== undefined);
  const bad = (variable === undefined ? values : [variable]).find(
    (word) => !choices.includes(option.isCaseless === true ? word.toLowerCase() : word),
  );
  if (bad === undefined || choices.length === 0) return null;
  const source = variable === undefined ? `--${option.name}` : `The variable ${option.env}`;
  return `${source} cannot be ${shown(bad)}; choose one of: ${choices.join(', ')}.`;
}

/** Empty: the command judges the value. A flag has one in its variable alone. */
function choicesOf({ choices = [], value }: OptionSpec, isVariable: boolean): readonly string[] {
  return value === undefined && isVariable ? FLAG_WORDS : choices;
}

function wrongOperands(specs: readonly OperandSpec[], operands: readonly string[]): string | null {
  for (const [index, spec] of specs.entries()) {
    const value = operands[index];
    if (value === undefined && spec.isOptional !== true) return `${spec.name} is missing.`;
    if (value !== undefined && spec.choices?.includes(value) === false) {
      return `${spec.name} cannot be ${shown(value)}; choose one of: ${spec.choices.join(', ')}.`;
    }
  }
  const isOpen = specs.some(({ isRepeatable }) => isRepeatable === true);
  const extra = operands[specs.length];
  return extra === undefined || isOpen ? null : `${shown(extra)} is one word too many.`;
}

function argumentsOf(
  given: ReadonlyMap<string, readonly string[]>,
  operands: readonly string[],
  env: Environment,
): Omit<ParsedArguments, 'passedOn'> {
  return {
    operands,
    has: (option) => given.has(option.name) || isSetFlag(option, env),
    text: (option) => given.get(option.name)?.at(-1) ?? fromEnvironment(option, env),
    texts: ({ name }) => given.get(name) ?? [],
  };
}

/** What the variable of a flag may be, as in the services' settings. */
const FLAG_WORDS: readonly string[] = ['true', 'false'];

function isSetFlag(option: OptionSpec, env: Environment): boolean {
  return option.value === undefined && fromEnvironment(option, env) === 'true';
}

/** An empty variable counts as none. */
function fromEnvironment({ env: name }: OptionSpec, env: Environment): string | undefined {
  const value = name === undefined ? '' : (env[name] ?? '').trim();
  return value === '' ? undefined : value;
}

/** A word in quotes, cut to a length that a line can hold. */
export function shown(word: string): string {
  return JSON.stringify(word.length > 60 ? `${word.slice(0, 60)}…` : word);
}

/** The known word that differs least, where it differs by no more than a third of its letters. */
export function nearest(word: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const one of known) {
    const distance = one.startsWith(word) && word.length > 2 ? 1 : editDistance(word, one);
    if (distance < least) [best, least] = [one, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= Math.min(a.length, 80); i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
