import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { Command, OptionSpec, ParsedArguments } from '../command/command.ts';
import { misused } from '../command/outcome.ts';
import { NAME, withName } from '../options/alarm-operand.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { UNSET, unsetWithout } from '../options/unset-option.ts';
import { type Seed1Value, writeSeed1 } from '../writing/write-seed-1.ts';

const PRODUCER_PV: OptionSpec = {
  name: 'producerPv',
  value: 'NAME',
  summary: 'The EPICS channel that the alarm comes from; or give --producerJar.',
};
const PRODUCER_JAR: OptionSpec = {
  name: 'producerJar',
  value: 'FILE',
  summary: 'The archive with the rule over streams that the alarm comes from.',
};
const LOCATION: OptionSpec = { name: 'location', value: 'SYMBOL', summary: 'Where it is.' };
const CATEGORY: OptionSpec = { name: 'category', value: 'SYMBOL', summary: 'What it is about.' };
const DOC_URL: OptionSpec = {
  name: 'docUrl',
  value: 'PATH',
  mayBeEmpty: true,
  summary: 'Guidance for the operator.',
};
const EDM_PATH: OptionSpec = {
  name: 'edmPath',
  value: 'PATH',
  mayBeEmpty: true,
  summary: 'The operator screen.',
};

const CONTENTS = [PRODUCER_PV, PRODUCER_JAR, LOCATION, CATEGORY, DOC_URL, EDM_PATH];

/** Seed 1's `set-alarm.py`. */
export const setAlarm: Command = {
  name: 'set-alarm',
  group: 'Seed 1',
  summary: 'Write what is known of an alarm, in seed 1’s topic alarms',
  details: ['In seed 0 it is klaxon set-registered.'],
  operands: [NAME],
  options: [...CONTENTS, unsetWithout(CONTENTS), ...SITE_OPTIONS],
  examples: [
    {
      line: 'set-alarm --producerPv channel1 --location INJ --category RF --docUrl rf.html --edmPath rf.edl channel1',
      does: 'Write one.',
    },
    { line: 'set-alarm --unset channel1', does: 'Take it back.' },
  ],
  run: async (call) => {
    const value = call.given.has(UNSET) ? ok(null) : seed1ValueOf(call.given);
    if (!value.ok) return misused(value.error);
    return withName(call, (name) => writeSeed1(call, 'alarms', name, value.value));
  },
};

function seed1ValueOf(given: ParsedArguments): Result<Seed1Value, string> {
  const pv = given.text(PRODUCER_PV);
  const jar = given.text(PRODUCER_JAR);
  if ((pv === undefined) === (jar === undefined)) {
    return failure('Give one of --producerPv and --producerJar.');
  }
  const value = {
    producer: pv === undefined ? { StreamRuleAlarm: { jar } } : { DirectCAAlarm: { pv } },
    location: given.text(LOCATION),
    category: given.text(CATEGORY),
    docUrl: given.text(DOC_URL),
    edmPath: given.text(EDM_PATH),
  };
  return Object.values(value).includes(undefined)
    ? failure('Give all of --location, --category, --docUrl and --edmPath.')
    : ok(() => value);
}
