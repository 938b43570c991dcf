import { describe, expect, it } from 'vitest';
import { epochMs } from '../../../core/lib/units.ts';
import {
  explainRefusal,
  formatSeconds,
  REFUSAL_CODES,
  type RefusalReason,
} from '../../../core/refusals.ts';

const formatTime = (at: number) => `t${at}`;
const explain = (reason: Omit<RefusalReason, 'alarm'>) =>
  explainRefusal({ alarm: 'channel1', ...reason }, formatTime).message;

describe('a refusal in words', () => {
  it.each<[Omit<RefusalReason, 'alarm'>, string]>([
    [{ code: 'NotLive' }, 'The console is not live, so channel1 may not be as it is shown.'],
    [
      { code: 'NotLive', detail: 'Stale for 7 s.' },
      'The console is not live, so channel1 may not be as it is shown. Stale for 7 s.',
    ],
    [{ code: 'UnknownAlarm' }, 'No alarm is called channel1.'],
    [{ code: 'NothingToAcknowledge' }, 'channel1 does not call for an acknowledgement.'],
    [
      { code: 'NotReadable' },
      'How channel1 stands is not known: its newest record cannot be decoded.',
    ],
    [{ code: 'AlreadyAcknowledged' }, 'channel1 was acknowledged already.'],
    [
      { code: 'AlreadyAcknowledged', at: epochMs(5), by: 'anna' },
      'channel1 was acknowledged at t5 by anna already.',
    ],
    [
      { code: 'AlreadyAcknowledged', at: epochMs(5), by: '' },
      'channel1 was acknowledged at t5 already.',
    ],
    [{ code: 'AlarmedAgain', at: epochMs(5) }, 'channel1 alarmed again at t5, after your view.'],
    [{ code: 'NotAcknowledged' }, 'channel1 is not acknowledged.'],
    [{ code: 'AlreadyReturned' }, 'channel1 has returned to normal.'],
    [{ code: 'ReasonRequired' }, 'A reason is needed to shelve channel1.'],
    [{ code: 'ShelvingForbidden' }, 'channel1 may not be shelved: its registration says so.'],
    [
      { code: 'LimitUnknown' },
      'channel1 cannot be shelved: its registration cannot be decoded, so its limit is not known.',
    ],
    [
      { code: 'DurationOverLimit', limitSeconds: 5_400, at: epochMs(5) },
      'channel1 may be shelved for at most 1 h 30 min, until t5.',
    ],
    [
      { code: 'EndRequired', limitSeconds: 60 },
      'A shelf of channel1 needs an end: it may last at most 1 min.',
    ],
    [
      { code: 'EndRequired', detail: 'The site’s schema cannot hold one without.' },
      'A shelf of channel1 needs an end. The site’s schema cannot hold one without.',
    ],
    [{ code: 'EndInPast' }, 'The end of the shelf of channel1 lies in the past.'],
    [{ code: 'NotShelved' }, 'channel1 is not shelved.'],
    [
      { code: 'NotExpressible', detail: 'No symbol HX.' },
      'This cannot be written for channel1. No symbol HX.',
    ],
    [
      { code: 'LogRefused', detail: 'The disk is full.' },
      'The log did not take the record for channel1. The disk is full.',
    ],
  ])('%o', (reason, sentence) => {
    expect(explain(reason)).toBe(sentence);
  });

  it('has a sentence and a next step for every code', () => {
    const incomplete = REFUSAL_CODES.filter((code) => {
      const { message, nextStep } = explainRefusal({ code, alarm: 'channel1' }, formatTime);
      return !message.includes('channel1') || !message.endsWith('.') || !nextStep.endsWith('.');
    });
    expect(incomplete).toEqual([]);
  });
});

describe('a length of time in words', () => {
  it.each([
    [0, '0 s'],
    [0.4, '0 s'],
    [45, '45 s'],
    [60, '1 min'],
    [3_600, '1 h'],
    [28_800, '8 h'],
    [5_400, '1 h 30 min'],
    [3_661, '1 h 1 min 1 s'],
  ])('%d s: %s', (seconds, words) => {
    expect(formatSeconds(seconds)).toBe(words);
  });
});
