import { readFile } from 'node:fs/promises';
import { fileFault } from '../../adapters/system/file-fault.ts';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { Registration } from '../../core/registration/registration.ts';
import type { Command, CommandCall, OptionSpec, ParsedArguments } from '../command/command.ts';
import { misused } from '../command/outcome.ts';
import { registrationLines } from '../options/alarm-definitions.ts';
import { NAME, withName } from '../options/alarm-operand.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { UNSET, unsetWithout } from '../options/unset-option.ts';
import { optionValue, readInteger } from '../options/values.ts';
import { writeRecord } from '../writing/write-orders.ts';
import { writeRegistrations } from '../writing/write-registrations.ts';

const PRODUCER_PV: OptionSpec = {
  name: 'producerpv',
  value: 'NAME',
  summary: 'The EPICS channel that the alarm comes from; or give --producerjar.',
};
const PRODUCER_JAR: OptionSpec = {
  name: 'producerjar',
  value: 'FILE',
  summary: 'The archive with the rule over streams that the alarm comes from.',
};
const LOCATION: OptionSpec = {
  name: 'location',
  value: 'SYMBOL',
  summary: 'Where it is: a symbol of the registered schema.',
};
const CATEGORY: OptionSpec = {
  name: 'category',
  value: 'SYMBOL',
  summary: 'What it is about: a symbol of the registered schema.',
};
const LONGEST_SHELF: OptionSpec = {
  name: 'maxshelveduration',
  value: 'SECONDS',
  summary: 'Longest time for which it may be shelved; 0: never. Without: no limit.',
};
const LONGEST_SHELF_V2: OptionSpec = {
  name: 'maxshelvedduration',
  value: 'SECONDS',
  summary: 'The same, as generation v2 spells it.',
  excludes: ['maxshelveduration'],
};
const LATCHING: OptionSpec = {
  name: 'latching',
  summary: 'It stays until it is acknowledged, even after it has returned to normal.',
};
const DOC_URL: OptionSpec = {
  name: 'docurl',
  value: 'PATH',
  mayBeEmpty: true,
  summary: 'Guidance for the operator, relative to the site’s base address.',
};
const EDM_PATH: OptionSpec = {
  name: 'edmpath',
  value: 'PATH',
  mayBeEmpty: true,
  summary: 'The operator screen, relative to the site’s folder.',
};
const FILE: OptionSpec = {
  name: 'file',
  value: 'FILE',
  summary:
    'Register every alarm of this file instead: lines of NAME=JSON (Avro’s JSON), as list-registered --export writes them; `-` is the standard input. All lines are checked before the first is written.',
};

const DEFINITIONS: OptionSpec = {
  name: 'definitions',
  value: 'LIST',
  summary:
    'Register these instead: name|pv|location|category|docurl|edmpath, several separated by commas, as seed 0’s container takes them.',
};
const FROM_ENV: OptionSpec = {
  name: 'from-env',
  summary: 'Register what the variable ALARM_DEFINITIONS holds, in the form of --definitions.',
};

const CONTENTS = [
  PRODUCER_PV,
  PRODUCER_JAR,
  LOCATION,
  CATEGORY,
  LONGEST_SHELF,
  LONGEST_SHELF_V2,
  LATCHING,
  DOC_URL,
  EDM_PATH,
];
// A line of theirs says all of an alarm.
const MANY = [FILE, DEFINITIONS, FROM_ENV].map((option) => ({
  ...option,
  excludes: CONTENTS.map(({ name }) => name),
}));

/** Seed 0's `set-registered.py` of both generations. */
export const setRegistered: Command = {
  name: 'set-registered',
  group: 'Registered alarms',
  summary: 'Register an alarm, or a file of them; change or remove one',
  details: ['Registering an alarm again replaces all that was said before.'],
  operands: [{ ...NAME, isOptional: true }],
  options: [...CONTENTS, ...MANY, unsetWithout([...CONTENTS, ...MANY]), ...SITE_OPTIONS],
  examples: [
    {
      line: 'set-registered --producerpv channel1 --location INJ --category RF --docurl rf/channel1.html --edmpath rf/channel1.edl channel1',
      does: 'Register an alarm.',
    },
    { line: 'set-registered --file alarms.txt', does: 'Register a whole file.' },
    { line: 'set-registered --unset channel1', does: 'Remove one.' },
  ],
  run: async (call) => {
    const { given } = call;
    const many = MANY.filter((option) => given.has(option));
    if (many.length === 0) return withName(call, (name) => setOne(call, name));
    if (many.length > 1 || given.operands.length > 0) {
      return misused('Give one of NAME, --file, --definitions and --from-env.');
    }
    const file = given.text(FILE);
    const text =
      file === undefined
        ? registrationLines(given.text(DEFINITIONS) ?? call.env['ALARM_DEFINITIONS'] ?? '')
        : await textOf(call, file);
    return text.ok ? writeRegistrations(call, text.value) : misused(text.error);
  },
};

async function setOne(call: CommandCall, name: AlarmName) {
  const order = orderOf(call.given, name);
  return order.ok ? writeRecord(call, () => ({ order: order.value })) : misused(order.error);
}

function orderOf(given: ParsedArguments, name: AlarmName): Result<AlarmOrder, string> {
  if (given.has(UNSET)) return ok({ name, fact: { fact: 'unregistered' } });
  const registration = registrationOf(given);
  return registration.ok
    ? ok({ name, fact: { fact: 'registered', registration: registration.value } })
    : registration;
}

function registrationOf(given: ParsedArguments): Result<Registration, string> {
  const pv = given.text(PRODUCER_PV);
  const jar = given.text(PRODUCER_JAR);
  if ((pv === undefined) === (jar === undefined)) {
    return failure('Give one of --producerpv and --producerjar.');
  }
  const texts = [LOCATION, CATEGORY, DOC_URL, EDM_PATH].map((option) => given.text(option));
  const [location, category, documentUrl, screenPath] = texts;
  if (
    location === undefined ||
    category === undefined ||
    documentUrl === undefined ||
    screenPath === undefined
  ) {
    return failure('Give all of --location, --category, --docurl and --edmpath.');
  }
  const limit = limitOf(given);
  if (!limit.ok) return limit;
  return ok({
    source:
      pv === undefined ? { kind: 'streamRule', jar: jar ?? '' } : { kind: 'epicsChannel', pv },
    location,
    category,
    documentUrl,
    screenPath,
    isLatching: given.has(LATCHING),
    maxShelvedSeconds: limit.value,
  });
}

function limitOf(given: ParsedArguments): Result<number | null, string> {
  const option = given.has(LONGEST_SHELF_V2) ? LONGEST_SHELF_V2 : LONGEST_SHELF;
  const seconds = optionValue(given, option, readInteger);
  if (!seconds.ok) return seconds;
  const value = seconds.value ?? null;
  return value !== null && (value < 0 || value > 2_147_483_647)
    ? failure(`--${option.name} is a number of seconds from 0 to 2147483647.`)
    : ok(value);
}

async function textOf({ terminal }: CommandCall, file: string): Promise<Result<string, string>> {
  try {
    const bytes = file === '-' ? await terminal.readInput() : await readFile(file);
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return failure(`The file ${file} cannot be read: ${fileFault(error)}.`);
  }
}
