import { describe, it } from 'vitest';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import {
  decideShelve,
  decideUnshelve,
  type ShelveCommand,
} from '../../../../core/shelving/decide-shelve.ts';
import { anEvent, at, mark, registered, shelved } from '../../../builders/alarm-events.ts';
import { given, type StoryCommand } from '../../../builders/story.ts';

const shelve =
  (command: Partial<ShelveCommand>): StoryCommand =>
  (state, now) =>
    decideShelve(state, { untilAt: at(200), reason: 'noisy', ...command }, now);
const unshelve: StoryCommand = decideUnshelve;

const ordered = (expiresAt: ReturnType<typeof at> | null, reason = 'noisy') => ({
  fact: { fact: 'shelved' as const, shelf: { expiresAt, reason } },
});
const HOUR = registered(0, { maxShelvedSeconds: 3_600 });
const unreadable = anEvent(
  { fact: 'undecodable', slot: 'registration', reason: 'truncated' },
  mark(1, 'registered-alarms'),
);

describe('shelve', () => {
  it('writes the end and the reason without blanks around it', () => {
    given(registered(0))
      .when(shelve({ reason: ' pump exchange ' }), at(100))
      .thenWrites(ordered(at(200), 'pump exchange'));
  });

  it('may shelve an alarm that is not registered', () => {
    given()
      .when(shelve({}), at(100))
      .thenWrites(ordered(at(200)));
  });

  it('without a limit may last until somebody unshelves', () => {
    given(registered(0))
      .when(shelve({ untilAt: null }), at(100))
      .thenWrites(ordered(null));
  });

  it('may last exactly to the limit', () => {
    given(HOUR)
      .when(shelve({ untilAt: at(3_700) }), at(100))
      .thenWrites(ordered(at(3_700)));
  });

  it('shelving again replaces end and reason', () => {
    given(registered(0), shelved(1, at(150)))
      .when(shelve({ reason: 'still noisy' }), at(100))
      .thenWrites(ordered(at(200), 'still noisy'));
  });

  it.each(['', '   ', '\t\n'])('is refused without a reason: %j', (reason) => {
    given(registered(0)).when(shelve({ reason }), at(100)).thenRefuses({ code: 'ReasonRequired' });
  });

  it.each([0, -5])('is refused at a limit of %d', (maxShelvedSeconds) => {
    given(registered(0, { maxShelvedSeconds }))
      .when(shelve({}), at(100))
      .thenRefuses({ code: 'ShelvingForbidden' });
  });

  it('is refused one millisecond beyond the limit, and says what is allowed', () => {
    given(HOUR)
      .when(shelve({ untilAt: at(3_700.001) }), at(100))
      .thenRefuses({ code: 'DurationOverLimit', limitSeconds: 3_600, at: at(3_700) });
  });

  it('is refused without an end where there is a limit', () => {
    given(HOUR)
      .when(shelve({ untilAt: null }), at(100))
      .thenRefuses({ code: 'EndRequired', limitSeconds: 3_600 });
  });

  it.each([99, 100])('is refused with an end at %d when it is 100', (end) => {
    given(registered(0))
      .when(shelve({ untilAt: at(end) }), at(100))
      .thenRefuses({ code: 'EndInPast' });
  });

  it('is refused where the registration cannot be decoded: the limit is not known', () => {
    given(registered(0), unreadable)
      .when(shelve({}), at(100))
      .thenRefuses({ code: 'LimitUnknown' });
  });
});

describe('unshelve', () => {
  it('ends the shelf with a tombstone', () => {
    given(registered(0), shelved(1, null))
      .when(unshelve, at(100))
      .thenWrites({ fact: { fact: 'unshelved' } });
  });

  it.each<[string, AlarmEvent[]]>([
    ['never shelved', [registered(0)]],
    ['the shelf is over', [registered(0), shelved(1, at(100))]],
    [
      'it was beyond the limit, which is over',
      [registered(0, { maxShelvedSeconds: 60 }), shelved(1, null)],
    ],
    ['the registration allows none', [registered(0, { maxShelvedSeconds: 0 }), shelved(1, null)]],
    ['unshelved', [shelved(1, null), anEvent({ fact: 'unshelved' }, mark(2, 'shelved-alarms'))]],
  ])('is refused: %s', (_case, events) => {
    given(...events)
      .when(unshelve, at(100))
      .thenRefuses({ code: 'NotShelved' });
  });

  it('may end a shelf whose limit is not known', () => {
    given(registered(0), shelved(1, null), unreadable)
      .when(unshelve, at(100))
      .thenWrites({ fact: { fact: 'unshelved' } });
  });
});
