import { describe, expect, it } from 'vitest';
import { createAlarmBook } from '../../../../core/alarm/alarm-book.ts';
import type { AlarmEvent, AlarmFact } from '../../../../core/alarm/events.ts';
import { type AlarmName, alarmName } from '../../../../core/lib/alarm-name.ts';
import { durationMs, epochMs } from '../../../../core/lib/units.ts';
import type { LogPhase } from '../../../../core/ports/alarm-log.ts';
import {
  createFollowedPicture,
  ROWS_PER_SLICE,
} from '../../../../main/alarm-feed/followed-picture.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';

const FRAME_MS = 16;

function openPicture() {
  const clock = createFakeClock();
  const book = createAlarmBook();
  const reader = { phase: readPhase('replaying'), offset: 0 };
  const picture = createFollowedPicture(clock);
  const told: (readonly AlarmName[])[] = [];
  picture.onChange((names) => told.push(names));
  picture.follow(
    {
      book,
      quarantine: { count: 3 },
      now: () => clock.now(),
      status: () => ({
        phase: reader.phase,
        lag: 0,
        lastRecordAt: null,
        clockOffsetMs: durationMs(0),
        damages: [],
      }),
    },
    true,
  );
  const say = (name: string, fact: AlarmFact) => {
    reader.offset += 1;
    book.apply(anEvent(name, fact, reader.offset, clock.now()));
    picture.readerChanged();
  };
  const reachHead = () => {
    reader.phase = { phase: 'live' };
    picture.readerReachedHead();
  };
  return { clock, book, reader, picture, told, say, reachHead };
}

function readPhase(phase: 'live' | 'replaying'): LogPhase {
  return phase === 'live' ? { phase } : { phase, read: 1, total: 2 };
}

function anEvent(name: string, fact: AlarmFact, offset: number, at: number): AlarmEvent {
  const mark = { topic: 'active-alarms', partition: 0, offset, writtenAt: epochMs(at), audit: {} };
  return { name: alarmName(name), fact, mark, isHistoryWhole: true };
}

const alarming: AlarmFact = { fact: 'simpleChanged', isActive: true };
const clear: AlarmFact = { fact: 'simpleChanged', isActive: false };

describe('createFollowedPicture', () => {
  it('shows nothing of a replay before it has come to the end', () => {
    const { clock, picture, say, reachHead } = openPicture();
    say('channel1', alarming);
    clock.advanceBy(FRAME_MS * 2);
    expect(picture.isWhole()).toBe(false);
    expect(picture.names()).toEqual([]);
    expect(picture.counts().unacknowledged).toBe(0);
    reachHead();
    clock.advanceBy(FRAME_MS);
    expect(picture.isWhole()).toBe(true);
    expect(picture.names()).toEqual(['channel1']);
    expect(picture.counts().unacknowledged).toBe(1);
  });

  it('is not whole, nor live, before the last slice of a large book is taken', () => {
    const { clock, picture, say, reachHead } = openPicture();
    const count = ROWS_PER_SLICE * 100;
    for (let index = 0; index < count; index += 1) say(`alarm${index}`, alarming);
    clock.advanceBy(FRAME_MS);
    reachHead();
    const seen: { isWhole: boolean; phase: string; rows: number }[] = [];
    picture.onChange(() => {
      const { phase } = picture.status().phase;
      seen.push({ isWhole: picture.isWhole(), phase, rows: picture.names().length });
    });
    clock.advanceBy(FRAME_MS * 100);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toEqual({ isWhole: true, phase: 'live', rows: count });
    expect(seen.slice(0, -1).every(({ phase }) => phase === 'replaying')).toBe(true);
    expect(seen.slice(0, -1).some(({ isWhole }) => isWhole)).toBe(false);
  });

  it('takes changes at most once a frame and names them', () => {
    const { clock, picture, told, say, reachHead } = openPicture();
    reachHead();
    clock.advanceBy(FRAME_MS);
    told.length = 0;
    say('channel1', alarming);
    say('channel2', alarming);
    clock.advanceBy(FRAME_MS);
    expect(told).toEqual([['channel1', 'channel2']]);
    expect(picture.row(alarmName('channel2'))?.actual).toBe('unacknowledged');
  });

  it('names an alarm that no list shows any more, and forgets its row', () => {
    const { clock, picture, told, say, reachHead } = openPicture();
    say('channel1', alarming);
    reachHead();
    clock.advanceBy(FRAME_MS);
    told.length = 0;
    say('channel1', clear);
    clock.advanceBy(FRAME_MS);
    expect(told).toEqual([['channel1']]);
    expect(picture.row(alarmName('channel1'))).toBeNull();
  });

  it('keeps the rows that it has while everything is read anew', () => {
    const { clock, picture, reader, book, say, reachHead } = openPicture();
    say('channel1', alarming);
    reachHead();
    clock.advanceBy(FRAME_MS);
    reader.phase = readPhase('replaying');
    book.forget(['simple', 'epics']);
    picture.readerChanged();
    clock.advanceBy(FRAME_MS);
    expect(picture.names()).toEqual(['channel1']);
    expect(picture.status().phase.phase).toBe('replaying');
  });

  it('changes a row when its shelf ends, though no record comes', () => {
    const { clock, picture, say, reachHead } = openPicture();
    say('channel1', alarming);
    const expiresAt = epochMs(clock.now() + 60_000);
    say('channel1', { fact: 'shelved', shelf: { expiresAt, reason: 'Test' } });
    reachHead();
    clock.advanceBy(FRAME_MS);
    expect(picture.row(alarmName('channel1'))?.effective).toBe('shelved');
    clock.advanceBy(60_000 + FRAME_MS);
    expect(picture.row(alarmName('channel1'))?.effective).toBe('unacknowledged');
  });

  it('empties when another reader is followed, and says why there is none', () => {
    const { clock, picture, told, say, reachHead } = openPicture();
    say('channel1', alarming);
    reachHead();
    clock.advanceBy(FRAME_MS);
    told.length = 0;
    picture.follow(null, false);
    picture.setPhase({ phase: 'connecting', attempt: 2 });
    expect(told).toEqual([['channel1'], []]);
    expect(picture.status()).toMatchObject({
      phase: { phase: 'connecting', attempt: 2 },
      isKeeperSeen: false,
      quarantined: 0,
    });
    clock.advanceBy(1_000);
    expect(clock.waiting).toBe(0);
  });

  it('misses the keeper when alarms stand for a while without its word', () => {
    const { clock, picture, say, reachHead } = openPicture();
    say('channel1', alarming);
    reachHead();
    clock.advanceBy(FRAME_MS);
    expect(picture.status().isKeeperSeen).toBe(true);
    clock.advanceBy(10_000);
    expect(picture.status().isKeeperSeen).toBe(false);
  });

  it('says within five seconds that nobody takes ended shelves off, and no longer once somebody has', () => {
    const { clock, picture, say, reachHead } = openPicture();
    const expiresAt = epochMs(clock.now() + 60_000);
    say('channel1', { fact: 'shelved', shelf: { expiresAt, reason: 'Maintenance' } });
    reachHead();
    clock.advanceBy(60_000);
    expect(picture.status().warnings).toEqual([]);
    let told = 0;
    picture.onChange(() => {
      told += 1;
    });
    clock.advanceBy(5_000);
    expect(told).toBeGreaterThan(0);
    expect(picture.status().warnings).toEqual([
      expect.stringContaining('1 shelf has ended, and no shelf service says so'),
    ]);
    say('channel1', { fact: 'unshelved' });
    clock.advanceBy(2_000);
    expect(picture.status().warnings).toEqual([]);
  });
});
