import { describe, expect, it } from 'vitest';
import { epochMs } from '../../../../../core/lib/units.ts';
import {
  headSentence,
  shelvingText,
} from '../../../../../renderer/features/detail/detail-panel.tsx';
import { anAlarmRow } from '../../../../builders/an-alarm-row.ts';

const NOW_AT = 1_767_225_600_000;

describe('detail panel', () => {
  it('says level, status, state, for how long and since when', () => {
    const row = anAlarmRow({ sinceAt: epochMs(NOW_AT - 141_000) });
    expect(headSentence(row, NOW_AT)).toMatch(
      /^MAJOR \(HIHI\), unacknowledged for 2 m, since .*\d\d:\d\d\.$/,
    );
  });

  it('says how long a shelf still covers it', () => {
    const row = anAlarmRow({ effective: 'shelved', shelvedUntilAt: epochMs(NOW_AT + 424_000) });
    expect(headSentence(row, NOW_AT)).toBe('MAJOR (HIHI), shelved, 7:04 left.');
  });

  it('says since when and by whom an alarm is acknowledged', () => {
    const row = anAlarmRow({
      actual: 'acknowledged',
      effective: 'acknowledged',
      sinceAt: epochMs(NOW_AT - 141_000),
      acknowledgedAt: epochMs(NOW_AT - 60_000),
      acknowledgedBy: 'ben',
    });
    expect(headSentence(row, NOW_AT)).toMatch(
      /^MAJOR \(HIHI\) since .*\d\d:\d\d, acknowledged .*\d\d:\d\d by ben\.$/,
    );
  });

  it('says what an alarm was that has returned, and that its beginning may be earlier', () => {
    const row = anAlarmRow({
      actual: 'returnedToNormalUnacknowledged',
      effective: 'returnedToNormalUnacknowledged',
      status: '',
      isSinceExact: false,
    });
    expect(headSentence(row, NOW_AT)).toMatch(
      /^Returned to normal, unacknowledged: it was MAJOR since .*\d\d:\d\d(:\d\d)? or earlier\.$/,
    );
  });

  it('is short when nothing is wrong', () => {
    expect(headSentence(anAlarmRow({ effective: 'normal', level: 'NORMAL' }), NOW_AT)).toBe(
      'Normal.',
    );
  });

  it('says a limit of shelving in words', () => {
    expect([null, 0, 28_800].map(shelvingText)).toEqual([
      'no limit',
      'may not be shelved',
      'at most 8 h',
    ]);
  });
});
