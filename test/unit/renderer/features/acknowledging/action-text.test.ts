import { describe, expect, it } from 'vitest';
import { alarmName } from '../../../../../core/lib/alarm-name.ts';
import {
  targetText,
  undoText,
} from '../../../../../renderer/features/acknowledging/action-text.ts';
import { anAlarmRow } from '../../../../builders/an-alarm-row.ts';

describe('action text', () => {
  it('says nothing where the alarm that is shown is the one that is acted on', () => {
    expect(targetText('a', new Set(['a']))).toBeNull();
  });

  it('says that the actions are for all that are selected, not for the one that is shown', () => {
    expect(targetText('a', new Set(['a', 'b', 'c']))).toBe(
      '3 alarms are selected: the actions are not for this one alone.',
    );
  });

  it.each([
    [[], 'This alarm is not selected: Space selects it.'],
    [['b'], 'This alarm is not selected. The actions are for b.'],
    [['b', 'c'], 'This alarm is not selected. The actions are for the 2 alarms selected.'],
  ])('warns where the alarm that is shown is not selected, but %j', (selected, text) => {
    expect(targetText('a', new Set(selected))).toBe(text);
  });

  it('says what would be undone, and of which alarm where that is another', () => {
    const row = anAlarmRow({ name: alarmName('a') });
    expect(undoText('acknowledge', [row], 'a')).toBe('Undo acknowledgement');
    expect(undoText('shelve', [row], 'b')).toBe('Undo shelving of a');
    expect(undoText('acknowledge', [row, anAlarmRow()], 'a')).toBe(
      'Undo acknowledgement of 2 alarms',
    );
  });
});
