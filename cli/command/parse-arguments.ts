import { parseArgs } from 'node:util';
import { nearest } from '../../core/lib/nearest.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { OperandSpec, OptionSpec, ParsedArguments } from './command.ts';

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
 * one that was probably meant), a value that is missing, empty or superfluous, a choice that does not exist (with those
 * that do), two options that exclude each other, an operand too many or too few, or an empty one.
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
    const wrong =
      wrongValues(option, given.get(option.name) ?? [], env) ?? wrongCompany(option, given);
    if (wrong !== null) return wrong;
  }
  return wrongOperands(specs, operands);
}

function wrongValues(
  option: OptionSpec,
  values: readonly string[],
  env: Environment,
): string | null {
  const typed = option.value === undefined ? null : wrongTyping(option, values);
  if (typed !== null) return typed;
  const variable = values.length === 0 ? fromEnvironment(option, env) : undefined;
  const choices = choicesOf(option, variable !== undefined);
  const bad = (variable === undefined ? values : [variable]).find(
    (word) => !choices.includes(option.isCaseless === true ? word.toLowerCase() : word),
  );
  if (bad === undefined || choices.length === 0) return null;
  const source = variable === undefined ? `--${option.name}` : `The variable ${option.env}`;
  return `${source} cannot be ${shown(bad)}; choose one of: ${choices.join(', ')}.`;
}

/** What is wrong whatever the option is about. */
function wrongTyping(option: OptionSpec, values: readonly string[]): string | null {
  const { name, value, isRepeatable, mayBeEmpty } = option;
  if (values.length > 1 && isRepeatable !== true) return `--${name} is given more than once.`;
  return mayBeEmpty !== true && values.some(isBlank)
    ? `--${name} is empty: --${name} ${value}${oneOf(option)}.`
    : null;
}

function wrongCompany(
  { name, excludes = [] }: OptionSpec,
  given: ReadonlyMap<string, readonly string[]>,
): string | null {
  const other = given.has(name) ? excludes.find((one) => given.has(one)) : undefined;
  return other === undefined ? null : `--${other} means nothing beside --${name}; leave one out.`;
}

/** Empty: the command judges the value. A flag has one in its variable alone. */
function choicesOf({ choices = [], value }: OptionSpec, isVariable: boolean): readonly string[] {
  return value === undefined && isVariable ? FLAG_WORDS : choices;
}

function wrongOperands(specs: readonly OperandSpec[], operands: readonly string[]): string | null {
  for (const [index, spec] of specs.entries()) {
    const values =
      spec.isRepeatable === true ? operands.slice(index) : operands.slice(index, index + 1);
    const wrong = values.length > 0 ? wrongWords(spec, values) : whatIsMissing(spec);
    if (wrong !== null) return wrong;
  }
  const isOpen = specs.some(({ isRepeatable }) => isRepeatable === true);
  const extra = operands[specs.length];
  return extra === undefined || isOpen ? null : `${shown(extra)} is one word too many.`;
}

function whatIsMissing({ name, isOptional, choices }: OperandSpec): string | null {
  return isOptional === true ? null : `${name} is missing${oneOf({ choices })}.`;
}

function wrongWords(spec: OperandSpec, values: readonly string[]): string | null {
  const { name, choices, isAnyText } = spec;
  if (values.some((value) => value === '' || (isAnyText !== true && isBlank(value)))) {
    return `${name} is empty${oneOf(spec)}.`;
  }
  const strange = values.find((value) => choices?.includes(value) === false);
  return strange === undefined ? null : `${name} cannot be ${shown(strange)}${oneOf(spec)}.`;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** The end of a sentence: which words there are; nothing where any will do. */
function oneOf({ choices }: { readonly choices?: readonly string[] | undefined }): string {
  return choices === undefined ? '' : `; choose one of: ${choices.join(', ')}`;
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
