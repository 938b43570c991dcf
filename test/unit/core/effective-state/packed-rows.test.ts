import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../../../core/alarm/level.ts';
import {
  ACTUAL_STATES,
  type AlarmRow,
  EFFECTIVE_STATES,
} from '../../../../core/effective-state/alarm-row.ts';
import {
  INT_COLUMNS,
  packRows,
  TIME_COLUMNS,
  unpackRows,
} from '../../../../core/effective-state/packed-rows.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { epochMs } from '../../../../core/lib/units.ts';

/** Rows are plain objects; null prototypes do not occur and would fail the strict comparison. */
const plain = { noNullPrototype: true };

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', '__proto__', 'HIHI', 'constructor'),
);
const anyMoment = fc.maxSafeInteger().map(epochMs);
const anyPosition = fc.record(
  {
    topic: anyText,
    partition: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    offset: fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, Number.MAX_SAFE_INTEGER)),
  },
  plain,
);
const anyCalls = fc.record(
  { simple: anyPosition, epics: anyPosition },
  { requiredKeys: [], noNullPrototype: true },
);

const anyRow: fc.Arbitrary<AlarmRow> = fc.record(
  {
    name: anyText.map(alarmName),
    actual: fc.constantFrom(...ACTUAL_STATES),
    effective: fc.constantFrom(...EFFECTIVE_STATES),
    level: fc.constantFrom(...LEVELS),
    status: anyText,
    location: anyText,
    category: anyText,
    isRegistered: fc.boolean(),
    isLatching: fc.boolean(),
    canShelve: fc.boolean(),
    hasUndecodable: fc.boolean(),
    sinceAt: fc.option(anyMoment),
    isSinceExact: fc.boolean(),
    acknowledgedBy: fc.option(anyText),
    acknowledgedAt: fc.option(anyMoment),
    shelvedUntilAt: fc.option(anyMoment),
    shelvedBy: fc.option(anyText),
    shelfReason: fc.option(anyText),
    calls: anyCalls,
  },
  plain,
);

describe('packRows and unpackRows', () => {
  it('gives back every field of every row exactly', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 30 }), (rows) => {
        expect(unpackRows(packRows(rows))).toStrictEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  it('survives the copy that a message between processes makes', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 10 }), (rows) => {
        expect(unpackRows(structuredClone(packRows(rows)))).toStrictEqual(rows);
      }),
    );
  });

  it('holds each text once and a fixed number of columns', () => {
    const [row] = fc.sample(anyRow, { numRuns: 1, seed: 7 });
    if (row === undefined) throw new Error('fast-check sampled nothing');
    const packed = packRows([row, { ...row, name: alarmName('another') }]);
    expect(new Set(packed.texts).size).toBe(packed.texts.length);
    expect(packed.ints).toHaveLength(2 * INT_COLUMNS);
    expect(packed.times).toHaveLength(2 * TIME_COLUMNS);
  });

  it('packs nothing into nothing', () => {
    expect(unpackRows(packRows([]))).toStrictEqual([]);
  });
});
