import { describe, expect, it } from 'vitest';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import {
  matchesFilter,
  parseFilter,
  valuesOf,
  withValues,
} from '../../../../renderer/stores/filter-grammar.ts';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';

const vip = anAlarmRow({
  name: alarmName('iocin1:VIP2R08'),
  level: 'MAJOR',
  location: 'INJ',
  category: 'Vacuum',
});

function passes(text: string): boolean {
  return matchesFilter(vip, parseFilter(text));
}

describe('filter grammar', () => {
  it.each([
    ['', true],
    ['vip', true],
    ['VIP2R', true],
    ['vip hihi', true],
    ['vip nothing', false],
    ['level:major', true],
    ['LEVEL:MAJOR', true],
    ['level:minor', false],
    ['level:minor,major', true],
    ['location:inj category:vacuum', true],
    ['location:NL', false],
    ['-location:NL', true],
    ['-location:INJ', false],
    ['state:unacknowledged', true],
    ['state:returned', false],
    ['category:"Vacuum"', true],
    ['"iocin1:VIP"', true],
    ['iocin1:vip2r08', true],
  ])('%j shows the alarm: %s', (text, isShown) => {
    expect(passes(text)).toBe(isShown);
  });

  it('takes a colon in the name of a channel as text, since it names no field', () => {
    expect(parseFilter('iocin1:VIP').words).toEqual(['iocin1:vip']);
  });

  it('says which words it knows when a state or level is unknown, and hides nothing for it', () => {
    const filter = parseFilter('level:critical');
    expect(filter.problem).toContain('No level is called "critical"');
    expect(filter.problem).toContain('invalid');
    expect(matchesFilter(vip, filter)).toBe(true);
  });

  it('keeps values with blanks together', () => {
    expect(parseFilter('location:"North Linac",INJ').terms).toEqual([
      { field: 'location', values: ['north linac', 'inj'], isNegated: false },
    ]);
  });

  it('lets a picker read and write the same text that the operator types', () => {
    const text = withValues('pump location:NL', 'location', ['inj', 'north linac']);
    expect(text).toBe('pump location:inj,"north linac"');
    expect(valuesOf(text, 'location')).toEqual(['inj', 'north linac']);
    expect(withValues(text, 'location', [])).toBe('pump');
  });

  it('leaves a negated term alone when a picker writes the field', () => {
    expect(withValues('-level:minor', 'level', ['major'])).toBe('-level:minor level:major');
  });
});
