import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACTUAL_STATES, EFFECTIVE_STATES } from '../../../../core/effective-state/alarm-row.ts';
import { COVER_ORDER, effectiveState } from '../../../../core/effective-state/precedence.ts';
import { projectRoot } from '../../../support/sources/source-files.ts';

/** The rows of the walk in docs/precedence.md: five marks, then what is shown for each own state. */
const printedRows = readFileSync(join(projectRoot, 'docs', 'precedence.md'), 'utf8')
  .split('\n')
  .slice(1)
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  .filter((cells) => cells.length === 9 && (cells[0] === '' || cells[0] === '●'));

function coversOf(cells: readonly string[]) {
  return {
    isOutOfService: cells[0] === '●',
    isSuppressedByDesign: cells[1] === '●',
    isShelved: cells[2] === '●',
    isOnDelayed: cells[3] === '●',
    isUndecodable: cells[4] === '●',
  };
}

describe('the order of precedence', () => {
  it('is that of decision 4, with what cannot be decoded below every cover that somebody set', () => {
    expect(COVER_ORDER.map(([, state]) => state)).toEqual([
      'outOfService',
      'suppressedByDesign',
      'shelved',
      'onDelayed',
      'undecodable',
    ]);
  });

  it('ranks the effective states in the same order, covers first', () => {
    const covers = COVER_ORDER.map(([, state]) => state);
    expect(EFFECTIVE_STATES.slice(0, covers.length)).toEqual(covers);
  });

  it('prints every combination once', () => {
    const combinations = new Set(printedRows.map((cells) => cells.slice(0, 5).join()));
    expect([printedRows.length, combinations.size]).toEqual([32, 32]);
  });

  it.each(ACTUAL_STATES.map((actual, column) => ({ actual, column })))(
    'shows of every combination what docs/precedence.md prints: own state $actual',
    ({ actual, column }) => {
      const shown = printedRows.map((cells) => effectiveState(actual, coversOf(cells)));
      expect(shown).toEqual(printedRows.map((cells) => cells[5 + column]));
    },
  );

  it('shows the highest cover that is there, or the own state: every combination', () => {
    for (const cells of printedRows) {
      const highest = cells.slice(0, 5).indexOf('●');
      for (const actual of ACTUAL_STATES) {
        const expected = highest === -1 ? actual : EFFECTIVE_STATES[highest];
        expect(effectiveState(actual, coversOf(cells))).toBe(expected);
      }
    }
  });
});
