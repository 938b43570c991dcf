import { describe, expect, it } from 'vitest';
import { alarmName } from '../../../../../core/lib/alarm-name.ts';
import { epochMs } from '../../../../../core/lib/units.ts';
import {
  isOpenEndAllowed,
  limitsText,
  planShelving,
  presetOff,
  proposedEnd,
  reasonText,
  type ShelveDraft,
} from '../../../../../renderer/features/shelving/shelve-plan.ts';
import { anAlarmRow } from '../../../../builders/an-alarm-row.ts';

const NOON_AT = new Date(2026, 10, 22, 12, 5).getTime();
const HOUR_MS = 3_600_000;
const [a, b, never] = ['a', 'b', 'never'].map((name) =>
  anAlarmRow({ name: alarmName(name), canShelve: name !== 'never' }),
);
const rows = [a, b].flatMap((row) => row ?? []);
const all = [a, b, never].flatMap((row) => row ?? []);
const draft: ShelveDraft = {
  end: { end: 'after', durationMs: HOUR_MS },
  reason: 'Maintenance',
  note: '',
};

describe('shelve plan', () => {
  it('says in one sentence what will happen', () => {
    const plan = planShelving(rows, new Map(), draft, NOON_AT);
    expect(plan.sentences).toEqual(['Shelves 2 alarms until 13:05. They come back by themselves.']);
    expect(plan.untilAt).toBe(NOON_AT + HOUR_MS);
    expect(plan.reasonOff).toBeNull();
  });

  it('leaves out what may not be shelved, and says so', () => {
    const plan = planShelving(all, new Map(), draft, NOON_AT);
    expect(plan.rows.map((row) => row.name)).toEqual(['a', 'b']);
    expect(plan.sentences[1]).toBe('never may not be shelved: its registration forbids it.');
  });

  it('warns of a limit that is shorter than what was asked', () => {
    const plan = planShelving(rows, new Map([['a', 900]]), draft, NOON_AT);
    expect(plan.sentences).toEqual([
      'Shelves 1 alarm until 13:05. It comes back by itself.',
      'a may be shelved at most 15 min: that is shorter.',
    ]);
  });

  it('counts a preset that is just the limit as within it', () => {
    const plan = planShelving(rows, new Map([['a', 3_600]]), draft, NOON_AT);
    expect(plan.sentences).toHaveLength(1);
  });

  it('says that an open end is not ended by itself', () => {
    const plan = planShelving(rows, new Map(), { ...draft, end: { end: 'open' } }, NOON_AT);
    expect(plan.untilAt).toBeNull();
    expect(plan.sentences).toEqual([
      'Shelves 2 alarms until somebody unshelves them. Nothing else brings them back.',
    ]);
  });

  it.each([
    [{ ...draft, reason: '' }, 'Choose a reason.'],
    [{ ...draft, reason: 'Other' }, 'Write the reason as a note.'],
    [{ ...draft, end: { end: 'at', typed: '' } as const }, 'Say until when.'],
    [
      { ...draft, end: { end: 'at', typed: '2026-11-22T12:00' } as const },
      'The end lies in the past.',
    ],
  ])('cannot be sent before it is whole (%#)', (typed, reasonOff) => {
    expect(planShelving(rows, new Map(), typed, NOON_AT).reasonOff).toBe(reasonOff);
  });

  it('cannot be sent when nothing may be shelved', () => {
    const plan = planShelving(all.slice(2), new Map(), draft, NOON_AT);
    expect(plan.reasonOff).toBe('None of these alarms may be shelved.');
  });

  it('offers an open end only where every limit is known to be none', () => {
    expect(isOpenEndAllowed(rows, new Map([['a', null]]))).toBe(false);
    expect(
      isOpenEndAllowed(
        rows,
        new Map([
          ['a', null],
          ['b', 60],
        ]),
      ),
    ).toBe(false);
    expect(
      isOpenEndAllowed(
        rows,
        new Map([
          ['a', null],
          ['b', null],
        ]),
      ),
    ).toBe(true);
  });

  it('turns a preset off where it is too long for all of them', () => {
    const limits = new Map([
      ['a', 900],
      ['b', 1_800],
    ]);
    expect(presetOff(rows, limits, HOUR_MS)).toBe('At most 30 min is allowed here.');
    expect(presetOff(rows, limits, 900_000)).toBeNull();
    expect(presetOff(rows, new Map([['a', 900]]), HOUR_MS)).toBeNull();
  });

  it('shows the limits that it knows', () => {
    expect(
      limitsText(
        rows,
        new Map([
          ['a', null],
          ['b', null],
        ]),
      ),
    ).toBe('No registration limits the time.');
    expect(
      limitsText(
        rows,
        new Map([
          ['a', 28_800],
          ['b', 900],
        ]),
      ),
    ).toBe('The shortest limit of a registration is 15 min.');
  });

  it('says nothing of the limit of an alarm that may not be shelved at all', () => {
    expect(limitsText(all, new Map([['never', 0]]))).toBe(
      'Each alarm has its own limit; it is checked when this is sent.',
    );
    const limits = new Map([
      ['a', 900],
      ['never', 0],
    ]);
    expect(limitsText([...rows.slice(0, 1), ...all.slice(2)], limits)).toBe(
      'Its registration allows at most 15 min.',
    );
  });

  it('proposes an hour, or the longest preset within the limit, or the limit itself', () => {
    const proposed = (seconds: number | null) =>
      proposedEnd(rows.slice(0, 1), new Map([['a', seconds]]));
    expect(proposed(null)).toEqual({ end: 'after', durationMs: HOUR_MS });
    expect(proposed(28_800)).toEqual({ end: 'after', durationMs: HOUR_MS });
    expect(proposed(1_800)).toEqual({ end: 'after', durationMs: 900_000 });
    expect(proposed(60)).toEqual({ end: 'after', durationMs: 60_000 });
  });

  it('says that a new shelf takes the place of the one that stands', () => {
    const shelved = anAlarmRow({
      effective: 'shelved',
      shelvedUntilAt: epochMs(NOON_AT + 900_000),
      shelvedBy: 'anna',
    });
    expect(planShelving([shelved], new Map(), draft, NOON_AT).sentences[1]).toBe(
      'channel1 is shelved already until 12:20 by anna: this takes its place.',
    );
  });

  it('writes reason and note as one text', () => {
    expect(reasonText({ ...draft, note: ' pump 2 ' })).toBe('Maintenance: pump 2');
    expect(reasonText({ ...draft, reason: 'Other', note: 'beam study' })).toBe('beam study');
  });
});
