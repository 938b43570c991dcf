import { z } from 'zod';
import type { NamedProfile } from '../../adapters/profiles/profile-problem.ts';
import { fileFault } from '../../adapters/system/file-fault.ts';
import { isObject } from '../../core/lib/is-object.ts';
import { nearest } from '../../core/lib/nearest.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { EXIT_CODES } from './exit-codes.ts';
import {
  FILE_OPTION,
  FILE_VARIABLE,
  isSettingName,
  PROFILE_OPTION,
  PROFILE_VARIABLE,
  SETTING_NAMES,
  type SettingName,
  settingOf,
} from './setting-table.ts';

/** What is set, by name; what is not set and has no default is absent. */
export type SettingValues = Readonly<Partial<Record<SettingName, string>>>;

/** Why a service does not start: what is wrong where, and what to do. */
export interface SettingProblem {
  readonly exitCode: number;
  readonly message: string;
  readonly remedy: string;
}

export interface SettingSources {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text of a file; throws where it cannot be read. */
  readonly readFile: (path: string) => string;
  /** The connection profile of a name; absent: there are none. */
  readonly readProfile?: (
    name: string,
  ) => Result<NamedProfile, { readonly message: string; readonly remedy: string }>;
}

/** What is set, and the profile that was chosen; null: none. */
export interface ProfiledSettings {
  readonly values: SettingValues;
  readonly chosen: NamedProfile | null;
}

/** One place that a value came from, as it is named in messages. */
interface Given {
  readonly value: string;
  readonly where: string;
  readonly exitCode: number;
}

type GivenValues = Map<SettingName, Given>;

/** As {@link readProfiledSettings}, where the profile’s name does not matter. */
export function readSettings(sources: SettingSources): Result<SettingValues, SettingProblem> {
  const settings = readProfiledSettings(sources);
  return settings.ok ? ok(settings.value.values) : settings;
}

/**
 * Settings from options, environment, file, connection profile and defaults: the first of them that has one holds. Empty
 * variables count as absent. What the file holds beyond the settings is refused, an unknown option too.
 */
export function readProfiledSettings(
  sources: SettingSources,
): Result<ProfiledSettings, SettingProblem> {
  const options = fromOptions(sources.argv);
  if (!options.ok) return options;
  const fromEnvironment = environment(sources.env);
  const path = options.value.file ?? nonEmpty(sources.env[FILE_VARIABLE]);
  const file = path === undefined ? ok<GivenValues>(new Map()) : fromFile(path, sources.readFile);
  if (!file.ok) return file;
  const name = options.value.profile ?? nonEmpty(sources.env[PROFILE_VARIABLE]);
  const chosen = name === undefined ? ok(null) : chosenProfile(name, sources);
  if (!chosen.ok) return chosen;
  const profile = fromProfile(chosen.value);
  const values = check([options.value.given, fromEnvironment, file.value, profile]);
  return values.ok ? ok({ values: values.value, chosen: chosen.value }) : values;
}

function chosenProfile(
  name: string,
  { readProfile }: SettingSources,
): Result<NamedProfile, SettingProblem> {
  if (readProfile === undefined) return failure(usage('There are no profiles here.'));
  const read = readProfile(name);
  return read.ok ? read : failure({ ...read.error, exitCode: EXIT_CODES.config });
}

function fromProfile(chosen: NamedProfile | null): GivenValues {
  const given: GivenValues = new Map();
  for (const [name, value] of Object.entries(chosen?.profile ?? {})) {
    const where = `${name} of the profile ${chosen?.name ?? ''}`;
    if (isSettingName(name)) given.set(name, { value, where, exitCode: EXIT_CODES.config });
  }
  return given;
}

function check(layers: readonly GivenValues[]): Result<SettingValues, SettingProblem> {
  const values: Partial<Record<SettingName, string>> = {};
  for (const name of SETTING_NAMES) {
    const given = layers.find((layer) => layer.has(name))?.get(name);
    const { schema, fallback } = settingOf(name);
    if (given === undefined) {
      if (fallback !== undefined) values[name] = fallback;
      continue;
    }
    const parsed = schema.safeParse(given.value);
    if (!parsed.success) return failure(badValue(name, given, parsed.error));
    values[name] = parsed.data;
  }
  return ok(values);
}

function badValue(name: SettingName, given: Given, error: z.ZodError): SettingProblem {
  const { isSecret, summary } = settingOf(name);
  const shown = isSecret === true ? '' : ` ${JSON.stringify(given.value)}`;
  const why = error.issues[0]?.message ?? 'cannot be';
  return {
    exitCode: given.exitCode,
    message: `${given.where}${shown} ${why}.`,
    remedy: `${name}: ${summary}`,
  };
}

interface Options {
  readonly given: GivenValues;
  readonly file: string | undefined;
  readonly profile: string | undefined;
}

/** What the options before have said: of settings, and of what is no setting. */
interface Taken {
  readonly given: GivenValues;
  readonly named: Map<string, string>;
}

function fromOptions(argv: readonly string[]): Result<Options, SettingProblem> {
  const taken: Taken = { given: new Map(), named: new Map() };
  const open = [...argv];
  for (let word = open.shift(); word !== undefined; word = open.shift()) {
    const refusal = takeOption(word, open, taken);
    if (refusal !== null) return failure(refusal);
  }
  const { given, named } = taken;
  return ok({ given, file: named.get(FILE_OPTION), profile: named.get(PROFILE_OPTION) });
}

function takeOption(word: string, open: string[], taken: Taken): SettingProblem | null {
  const match = /^--([a-z0-9-]+)(?:=(.*))?$/s.exec(word);
  const name = match?.[1];
  if (name === undefined) return usage(`${JSON.stringify(word)} is no option.`);
  const refusal = refuseOption(name);
  if (refusal !== null) return refusal;
  const value = match?.[2] ?? (isFlag(name) ? 'true' : valueAfter(open));
  return value === undefined ? usage(`--${name} needs a value.`) : keepValue(name, value, taken);
}

function keepValue(name: string, value: string, { given, named }: Taken): SettingProblem | null {
  if (named.has(name) || (isSettingName(name) && given.has(name))) {
    return usage(`--${name} is given more than once.`);
  }
  if (isSettingName(name)) {
    given.set(name, { value, where: `--${name}`, exitCode: EXIT_CODES.usage });
    return null;
  }
  if (value.trim() === '') return usage(`--${name} is empty.`);
  named.set(name, value);
  return null;
}

/** Another option in the place of a value is a value that was forgotten. */
function valueAfter(open: string[]): string | undefined {
  return open[0]?.startsWith('--') === true ? undefined : open.shift();
}

function refuseOption(name: string): SettingProblem | null {
  if (name === FILE_OPTION || name === PROFILE_OPTION) return null;
  if (!isSettingName(name))
    return usage(`There is no option --${name}.${meant(name, OPTION_NAMES, '--')}`);
  return settingOf(name).isSecret === true ? secretOption(name) : null;
}

const OPTION_NAMES = [
  ...SETTING_NAMES.filter((name) => settingOf(name).isSecret !== true),
  FILE_OPTION,
  PROFILE_OPTION,
];

/** Which was probably meant; empty where none is like it. */
function meant(name: string, known: readonly string[], dashes: string): string {
  const near = nearest(name, known);
  return near === null ? '' : ` Did you mean ${dashes}${near}?`;
}

function isFlag(name: string): boolean {
  return isSettingName(name) && settingOf(name).value === undefined;
}

function usage(message: string): SettingProblem {
  return { exitCode: EXIT_CODES.usage, message, remedy: '--help lists the options.' };
}

function secretOption(name: SettingName): SettingProblem {
  return {
    exitCode: EXIT_CODES.usage,
    message: `--${name} is no option, since everybody on the computer can read arguments.`,
    remedy: `Set ${settingOf(name).variable}, or "${name}" in the file that --${FILE_OPTION} names.`,
  };
}

function environment(env: SettingSources['env']): GivenValues {
  const given: GivenValues = new Map();
  for (const name of SETTING_NAMES) {
    const where = settingOf(name).variable;
    const value = nonEmpty(env[where]);
    if (value !== undefined) given.set(name, { value, where, exitCode: EXIT_CODES.config });
  }
  return given;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** Every member of the file by its name, whatever that is. */
type FileMembers = ReadonlyMap<string, string>;

const VALUE = z.union([z.string(), z.number(), z.boolean()]);

function fromFile(
  path: string,
  readFile: SettingSources['readFile'],
): Result<GivenValues, SettingProblem> {
  const content = parseFile(path, readFile);
  if (!content.ok) return content;
  const given: GivenValues = new Map();
  for (const [name, value] of content.value) {
    if (!isSettingName(name)) {
      const message = `${path} holds "${name}", which is no setting.${meant(name, SETTING_NAMES, '')}`;
      return failure(badFile(message, NAMES));
    }
    const where = `"${name}" in ${path}`;
    given.set(name, { value, where, exitCode: EXIT_CODES.config });
  }
  return ok(given);
}

const NAMES = `There are: ${SETTING_NAMES.join(', ')}.`;
const FORM = 'It is one JSON object of settings, each a text, a number, true or false.';

function parseFile(
  path: string,
  readFile: SettingSources['readFile'],
): Result<FileMembers, SettingProblem> {
  let text: string;
  try {
    text = readFile(path);
  } catch (thrown) {
    const message = `The file of settings ${path} cannot be read: ${fileFault(thrown)}.`;
    return failure(badFile(message, 'Check its path and rights.'));
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failure(badFile(`${path} is not JSON.`, FORM));
  }
  return membersOf(path, json);
}

function membersOf(path: string, json: unknown): Result<FileMembers, SettingProblem> {
  if (!isObject(json)) return failure(badFile(`${path} does not hold settings.`, FORM));
  const members = new Map<string, string>();
  for (const [name, given] of Object.entries(json)) {
    const value = VALUE.safeParse(given);
    if (!value.success) {
      return failure(badFile(`${path} does not hold settings at "${name}".`, FORM));
    }
    members.set(name, String(value.data));
  }
  return ok(members);
}

function badFile(message: string, remedy: string): SettingProblem {
  return { exitCode: EXIT_CODES.config, message, remedy };
}
