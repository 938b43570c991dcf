import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../../cli/command/parse-arguments.ts';
import { RESET_OPTIONS, resetTargetOf } from '../../../../cli/options/reset-options.ts';
import { epochMs } from '../../../../core/lib/units.ts';

const NOW = epochMs(10_000_000);

function target(...words: readonly string[]) {
  const parsed = parseArguments({ options: RESET_OPTIONS, operands: [] }, words, {});
  if (!parsed.ok) throw new Error(parsed.error);
  return resetTargetOf(parsed.value, NOW);
}

describe('where a group is to begin', () => {
  it('is an end, an offset, or a moment', () => {
    expect(target('--to', 'earliest')).toEqual({ ok: true, value: 'earliest' });
    expect(target('--to-offset', '0')).toEqual({ ok: true, value: { offset: 0 } });
    expect(target('--to-time', '1s')).toEqual({ ok: true, value: { at: 9_999_000 } });
  });

  it.each([
    [[], 'Give one of --to, --to-offset and --to-time.'],
    [['--to', 'latest', '--to-offset', '1'], 'Give one of --to, --to-offset and --to-time.'],
    [['--to-offset', '-1'], '--to-offset cannot be below 0.'],
    [['--to-offset', 'x'], '--to-offset cannot be "x": it is not a whole number.'],
  ])('is refused for %j', (words, error) => {
    expect(target(...words)).toEqual({ ok: false, error });
  });
});
