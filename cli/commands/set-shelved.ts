import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import { SHELVED_ALARMS } from '../../schemas/topics.ts';
import type { Command, CommandCall, OptionSpec } from '../command/command.ts';
import { misused, type Outcome } from '../command/outcome.ts';
import { shown } from '../command/parse-arguments.ts';
import { NAME, withName } from '../options/alarm-operand.ts';
import { GENERATION, systemOf } from '../options/generation-option.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { UNSET, unsetWithout } from '../options/unset-option.ts';
import { endAt, optionValue, readInteger } from '../options/values.ts';
import { writeRecord } from '../writing/write-orders.ts';
import { writeSeed1 } from '../writing/write-seed-1.ts';

const EXPIRATION: OptionSpec = {
  name: 'expiration',
  value: 'MILLISECONDS',
  summary: 'When the shelf ends, in milliseconds since 1970 (seed 0 v1, seed 1).',
};
const EXPIRATION_SECONDS: OptionSpec = {
  name: 'expirationseconds',
  value: 'SECONDS',
  summary:
    'When it ends, in seconds from now (seed 0 v2). Without either: when somebody unshelves it.',
};
const REASON: OptionSpec = { name: 'reason', value: 'TEXT', summary: 'Why; seed 0 needs it.' };
const USER: OptionSpec = {
  name: 'user',
  value: 'NAME',
  summary: 'Who shelves; only with --generation seed1, which needs it.',
};

const SHELF = [EXPIRATION, EXPIRATION_SECONDS, REASON, USER];

/** Seed 0's `set-shelved.py` of both generations, and seed 1's. */
export const setShelved: Command = {
  name: 'set-shelved',
  group: 'Shelves',
  summary: 'Write a shelf, or take it back, without the rules of the console',
  details: [
    'Writes what it is told, but no end that is past. Whatever is written, no shelf hides an alarm beyond the limit of its registration. For people `klaxon shelve` is better.',
    'With --generation seed1 an end (--expiration) makes an AcknowledgedAlarm, a --reason a DisabledAlarm, as that system calls them.',
  ],
  operands: [NAME],
  options: [...SHELF, GENERATION, unsetWithout(SHELF), ...SITE_OPTIONS],
  examples: [
    {
      line: 'set-shelved --expirationseconds 900 --reason "valve is being serviced" channel1',
      does: 'For a quarter of an hour.',
    },
    { line: 'set-shelved --unset channel1', does: 'Take it back.' },
    {
      line: 'set-shelved --generation seed1 --user me --reason "broken" channel1',
      does: 'In seed 1: disabled.',
    },
  ],
  run: async (call) => {
    const end = endOf(call);
    if (!end.ok) return misused(end.error);
    return withName(call, (name) =>
      systemOf(call.given) === 'seed1'
        ? shelveInSeed1(call, name, end.value)
        : shelveInSeed0(call, name, end.value),
    );
  },
};

function endOf({ given, clock }: CommandCall): Result<EpochMs | null, string> {
  const moment = optionValue(given, EXPIRATION, readInteger);
  if (!moment.ok) return moment;
  const seconds = optionValue(given, EXPIRATION_SECONDS, readInteger);
  if (!seconds.ok) return seconds;
  if (moment.value !== undefined && seconds.value !== undefined) {
    return failure('Give --expiration or --expirationseconds, not both.');
  }
  const now = clock.now();
  const end = seconds.value === undefined ? moment.value : now + seconds.value * 1_000;
  if (end === undefined) return ok(null);
  const option = seconds.value === undefined ? EXPIRATION : EXPIRATION_SECONDS;
  return end > now ? endAt(end) : failure(endInPast(option, given.text(option) ?? '', end));
}

/** Ten digits are seconds since 1970: the mistake that is made most. */
function endInPast({ name }: OptionSpec, text: string, end: number): string {
  const hint = /^\d{10}$/.test(String(end))
    ? ' It looks like seconds; --expiration takes milliseconds.'
    : '';
  return `--${name} cannot be ${shown(text)}: the end of the shelf lies in the past.${hint} Choose an end in the future.`;
}

async function shelveInSeed0(
  call: CommandCall,
  name: AlarmName,
  expiresAt: EpochMs | null,
): Promise<Outcome> {
  const { given } = call;
  if (given.has(USER)) return misused('--user is of seed 1: add --generation seed1.');
  if (given.has(UNSET))
    return writeRecord(call, () => ({ order: { name, fact: { fact: 'unshelved' } } }));
  const reason = (given.text(REASON) ?? '').trim();
  if (reason === '') return misused('--reason is missing: say why the alarm is shelved.');
  return writeRecord(call, () => ({
    order: { name, fact: { fact: 'shelved', shelf: { expiresAt, reason } } },
  }));
}

async function shelveInSeed1(
  call: CommandCall,
  name: AlarmName,
  expiresAt: EpochMs | null,
): Promise<Outcome> {
  const { given } = call;
  if (given.has(UNSET)) return writeSeed1(call, SHELVED_ALARMS, name, null);
  const user = given.text(USER);
  const reason = given.text(REASON);
  if (user === undefined) return misused('--user is missing: say who shelves.');
  if ((expiresAt === null) === (reason === undefined)) {
    return misused('Give one of --expiration (acknowledged until then) and --reason (disabled).');
  }
  const duration =
    expiresAt === null
      ? { DisabledAlarm: { reason } }
      : { AcknowledgedAlarm: { expiration: expiresAt } };
  return writeSeed1(call, SHELVED_ALARMS, name, () => ({ user, duration }));
}
