import type { ResetTarget } from '../../adapters/kafka/administration/reset-offsets.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import type { OptionSpec, ParsedArguments } from '../command/command.ts';
import { optionValue, readInteger, readPast } from './values.ts';

const ENDS = ['earliest', 'latest'] as const;

const TO: OptionSpec = {
  name: 'to',
  value: 'END',
  summary: 'Begin with the oldest record that is left, or with the next that comes.',
  choices: ENDS,
};
const TO_OFFSET: OptionSpec = {
  name: 'to-offset',
  value: 'NUMBER',
  summary: 'Begin at this offset; one beyond an end counts as that end.',
};
const TO_TIME: OptionSpec = {
  name: 'to-time',
  value: 'TIME',
  summary:
    'Begin with the first record that is not older: a moment with its zone (2026-11-24T14:00:00Z), or a length of time before now (2h).',
};

/** Where a group is to begin; one of them is needed. */
export const RESET_OPTIONS: readonly OptionSpec[] = [TO, TO_OFFSET, TO_TIME];

/** The place that was named. */
export function resetTargetOf(given: ParsedArguments, now: EpochMs): Result<ResetTarget, string> {
  const named = RESET_OPTIONS.filter((option) => given.text(option) !== undefined);
  if (named.length !== 1) return failure('Give one of --to, --to-offset and --to-time.');
  const end = ENDS.find((one) => one === given.text(TO));
  if (end !== undefined) return ok(end);
  const at = optionValue(given, TO_TIME, readPast(now));
  if (!at.ok) return at;
  if (at.value !== undefined) return ok({ at: at.value });
  const offset = optionValue(given, TO_OFFSET, readInteger);
  if (!offset.ok) return offset;
  const { value = -1 } = offset;
  return value < 0 ? failure('--to-offset cannot be below 0.') : ok({ offset: value });
}
