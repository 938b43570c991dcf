import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../../../core/alarm/level.ts';
import type { AlarmRow } from '../../../../core/effective-state/alarm-row.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { epochMs } from '../../../../core/lib/units.ts';
import { type AlarmIndex, createAlarmIndex } from '../../../../renderer/stores/alarm-index.ts';
import { alarmsView, isAbnormal } from '../../../../renderer/stores/alarms-membership.ts';
import { type SortOrder, sortKeyOf } from '../../../../renderer/stores/row-order.ts';
import { createSortedView, type RowSource } from '../../../../renderer/stores/sorted-view.ts';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';

const BY_LEVEL: SortOrder = { column: 'level', isReversed: false };

function names(view: RowSource): string[] {
  return Array.from({ length: view.count() }, (_, at) => view.rowAt(at)?.name ?? '?');
}

function put(index: AlarmIndex, ...rows: AlarmRow[]): void {
  index.apply(rows, []);
  index.publish();
}

const row = fc
  .record({
    name: fc.integer({ min: 0, max: 40 }).map((n) => alarmName(`a${n}`)),
    level: fc.constantFrom(...LEVELS),
    effective: fc.constantFrom('unacknowledged', 'acknowledged', 'normal', 'shelved' as const),
    sinceAt: fc.option(fc.integer({ min: 0, max: 5 }).map(epochMs)),
    location: fc.constantFrom('', 'INJ', 'NL'),
  })
  .map((parts) => anAlarmRow(parts));

function sortedNaively(index: AlarmIndex, order: SortOrder): string[] {
  const rows: AlarmRow[] = [];
  for (let slot = 0; slot < index.capacity(); slot += 1) {
    const one = index.rowAt(slot);
    if (one !== undefined && isAbnormal(one)) rows.push(one);
  }
  const sign = order.isReversed ? -1 : 1;
  rows.sort((a, b) => {
    const ka = sortKeyOf(a, order);
    const kb = sortKeyOf(b, order);
    const byText = ka.text === kb.text ? 0 : ka.text < kb.text ? -1 : 1;
    return sign * (ka.first - kb.first || ka.second - kb.second || byText);
  });
  return rows.map((one) => one.name);
}

describe('sorted view', () => {
  it('stays in the order of a full sort whatever changes, comes and goes', () => {
    const orders: SortOrder[] = (['level', 'name', 'location', 'since'] as const).flatMap(
      (column) => [
        { column, isReversed: false },
        { column, isReversed: true },
      ],
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...orders),
        fc.array(fc.tuple(fc.array(row, { maxLength: 12 }), fc.integer({ min: 0, max: 40 })), {
          maxLength: 12,
        }),
        (order, frames) => {
          const index = createAlarmIndex();
          const view = createSortedView(index, alarmsView('', order));
          for (const [rows, gone] of frames) {
            index.apply(rows, [`a${gone}`]);
            index.publish();
            expect(names(view)).toEqual(sortedNaively(index, order));
            expect(names(view).map((name) => view.indexOf(name))).toEqual(
              names(view).map((_, at) => at),
            );
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('shows what needs an answer first, worst level first, newest first', () => {
    const index = createAlarmIndex();
    const view = createSortedView(index, alarmsView('', BY_LEVEL));
    put(
      index,
      anAlarmRow({ name: alarmName('acked'), effective: 'acknowledged', level: 'INVALID' }),
      anAlarmRow({ name: alarmName('minor'), level: 'MINOR' }),
      anAlarmRow({ name: alarmName('old major'), sinceAt: epochMs(1) }),
      anAlarmRow({ name: alarmName('new major'), sinceAt: epochMs(2) }),
      anAlarmRow({ name: alarmName('simple'), level: 'ALARM' }),
      anAlarmRow({
        name: alarmName('returned'),
        effective: 'returnedToNormalUnacknowledged',
        level: 'INVALID',
      }),
    );
    expect(names(view)).toEqual(['new major', 'old major', 'simple', 'minor', 'returned', 'acked']);
  });

  it('counts what the filter hides, and takes everything back when it is cleared', () => {
    const index = createAlarmIndex();
    const view = createSortedView(index, alarmsView('level:minor', BY_LEVEL));
    put(index, anAlarmRow(), anAlarmRow({ name: alarmName('low'), level: 'MINOR' }));
    expect([view.count(), view.hiddenCount()]).toEqual([1, 1]);
    view.setOptions(alarmsView('', BY_LEVEL));
    expect([view.count(), view.hiddenCount()]).toEqual([2, 0]);
  });

  it('keeps a held alarm in its place and in the list until it is let go', () => {
    const index = createAlarmIndex();
    const view = createSortedView(index, alarmsView('', BY_LEVEL));
    const [a, b, c] = [3, 2, 1].map((at) =>
      anAlarmRow({ name: alarmName('cba'[at - 1] ?? ''), sinceAt: epochMs(at) }),
    );
    if (a === undefined || b === undefined || c === undefined) throw new Error('three rows');
    put(index, a, b, c);
    expect(names(view)).toEqual(['a', 'b', 'c']);
    view.hold(new Set(['b']));
    put(index, { ...b, effective: 'acknowledged' });
    expect(names(view)).toEqual(['a', 'b', 'c']);
    put(index, { ...b, effective: 'normal' });
    expect(names(view)).toEqual(['a', 'b', 'c']);
    expect(view.rowAt(1)?.effective).toBe('normal');
    expect(view.outlivedCount()).toBe(1);
    view.hold(new Set());
    expect(names(view)).toEqual(['a', 'c']);
  });

  it('tells its grid once for all changes of a frame', () => {
    const index = createAlarmIndex();
    const view = createSortedView(index, alarmsView('', BY_LEVEL));
    let told = 0;
    view.subscribe(() => {
      told += 1;
    });
    index.apply([anAlarmRow()], []);
    index.apply([anAlarmRow({ name: alarmName('other') })], []);
    index.publish();
    expect(told).toBe(1);
  });
});
