import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import { decideShelve } from '../../core/shelving/decide-shelve.ts';
import type { Command, CommandCall, OptionSpec } from '../command/command.ts';
import { misused } from '../command/outcome.ts';
import { NAMES, withNames } from '../options/alarm-operand.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { endAt, optionValue, readDuration, readMoment } from '../options/values.ts';
import { zonedTime } from '../output/local-time.ts';
import { runDecisions } from '../writing/run-decisions.ts';

const FOR: OptionSpec = {
  name: 'for',
  value: 'DURATION',
  summary: 'How long, as 15min, 2h, 1h30min or 1d.',
};
const UNTIL: OptionSpec = {
  name: 'until',
  value: 'TIME',
  summary:
    'Until when, with its zone: 2026-11-24T14:00:00Z. Without --for and --until: until somebody unshelves it.',
};
const REASON: OptionSpec = {
  name: 'reason',
  value: 'TEXT',
  summary: 'Why; needed.',
};

/** Shelves as the console does: within the limit of each alarm. */
export const shelve: Command = {
  name: 'shelve',
  group: 'Shelves',
  summary: 'Put alarms out of sight for a time, within their limits',
  details: [
    'Decides as a console does: refused without a reason, beyond the alarm’s longest shelf, or with an end that is past. To write a record without these rules, as a script of seed 0 does: klaxon set-shelved.',
  ],
  operands: [NAMES],
  options: [FOR, UNTIL, REASON, ...SITE_OPTIONS],
  examples: [
    {
      line: 'shelve channel1 --for 15min --reason "valve is being serviced"',
      does: 'Out of sight for a quarter of an hour.',
    },
  ],
  run: async (call) => {
    const end = endOf(call);
    if (!end.ok) return misused(end.error);
    const untilAt = end.value;
    const reason = call.given.text(REASON) ?? '';
    const done = untilAt === null ? 'shelved' : `shelved until ${zonedTime(untilAt)}`;
    return withNames(call, (names) =>
      runDecisions(call, names, {
        done,
        decide: (state, now) => decideShelve(state, { untilAt, reason }, now),
      }),
    );
  },
};

function endOf({ given, clock }: CommandCall): Result<EpochMs | null, string> {
  const duration = optionValue(given, FOR, readDuration);
  if (!duration.ok) return duration;
  const moment = optionValue(given, UNTIL, readMoment);
  if (!moment.ok) return moment;
  if (duration.value === undefined) return ok(moment.value ?? null);
  return moment.value === undefined
    ? endAt(clock.now() + duration.value)
    : failure('Give --for or --until, not both.');
}
