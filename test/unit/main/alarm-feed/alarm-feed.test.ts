import { describe, expect, it } from 'vitest';
import { unpackRows } from '../../../../core/effective-state/packed-rows.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { eventSchemas, type FeedMessage } from '../../../../ipc/contract.ts';
import {
  createAlarmFeed,
  FRAME_MS,
  LIVE_STATUS_MS,
  PARTS_AHEAD,
  REPLAY_STATUS_MS,
  ROWS_PER_MESSAGE,
} from '../../../../main/alarm-feed/alarm-feed.ts';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';
import { createFakeAlarmPicture } from '../../../fakes/fake-alarm-picture.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';

const rowNamed = (name: string) => anAlarmRow({ name: alarmName(name) });
const manyRows = (count: number) =>
  Array.from({ length: count }, (_, index) => rowNamed(`alarm${index}`));
const namesIn = (message: FeedMessage | undefined) =>
  message === undefined ? [] : unpackRows(message.rows).map((row) => row.name);

function openFeed(rows = manyRows(0), isWhole = true) {
  const clock = createFakeClock();
  const picture = createFakeAlarmPicture(rows);
  picture.setWhole(isWhole);
  const sent: FeedMessage[] = [];
  const window = { isOpen: true };
  const feed = createAlarmFeed({
    feedId: 'feed-1',
    picture,
    clock,
    send: (message) => {
      sent.push(message);
      return window.isOpen;
    },
  });
  const acknowledgeAll = () => feed.acknowledge(sent.length);
  return { clock, picture, sent, feed, window, acknowledgeAll };
}

describe('snapshot of a feed', () => {
  it('sends an empty picture as one last part', () => {
    const { clock, sent } = openFeed();
    clock.advanceBy(0);
    expect(sent.map((message) => [message.sequence, message.kind, message.isLastPart])).toEqual([
      [1, 'snapshot', true],
    ]);
  });

  it('sends every row once in numbered parts, the last one marked', () => {
    const { clock, sent, acknowledgeAll } = openFeed(manyRows(ROWS_PER_MESSAGE * 2 + 5));
    clock.advanceBy(0);
    acknowledgeAll();
    clock.advanceBy(0);
    expect(sent.map((message) => message.isLastPart)).toEqual([false, false, true]);
    expect(sent.map((message) => message.sequence)).toEqual([1, 2, 3]);
    expect(new Set(sent.flatMap(namesIn)).size).toBe(ROWS_PER_MESSAGE * 2 + 5);
  });

  it('keeps only a few parts on their way', () => {
    const { clock, sent, feed } = openFeed(manyRows(ROWS_PER_MESSAGE * 10));
    clock.advanceBy(1_000);
    expect(sent).toHaveLength(PARTS_AHEAD);
    feed.acknowledge(1);
    clock.advanceBy(0);
    expect(sent).toHaveLength(PARTS_AHEAD + 1);
  });

  it('holds rows back until the replay has come to the end, and tells how far it is', () => {
    const { clock, picture, sent, acknowledgeAll } = openFeed(manyRows(3), false);
    picture.setStatus({ phase: { phase: 'replaying', read: 1, total: 10 } });
    clock.advanceBy(0);
    acknowledgeAll();
    picture.setStatus({ phase: { phase: 'replaying', read: 5, total: 10 } });
    clock.advanceBy(REPLAY_STATUS_MS);
    acknowledgeAll();
    expect(sent.flatMap(namesIn)).toEqual([]);
    expect(sent.map((message) => message.isLastPart)).toEqual([false, false]);
    picture.setStatus({ phase: { phase: 'live' } });
    picture.setWhole(true);
    clock.advanceBy(0);
    expect(namesIn(sent.at(-1))).toHaveLength(3);
    expect(sent.at(-1)?.isLastPart).toBe(true);
  });

  it('gives a window what is not normal first, and the rest in deltas as they have room', () => {
    const normal = manyRows(ROWS_PER_MESSAGE + 2).map((row) => ({
      ...row,
      effective: 'normal' as const,
    }));
    const { clock, picture, sent, acknowledgeAll } = openFeed([...normal, rowNamed('channel1')]);
    clock.advanceBy(0);
    expect(namesIn(sent[0])).toEqual(['channel1']);
    expect(sent[0]).toMatchObject({ isLastPart: true, rowsToCome: ROWS_PER_MESSAGE + 2 });
    acknowledgeAll();
    picture.put(rowNamed('channel2'));
    clock.advanceBy(FRAME_MS);
    expect(sent[1]).toMatchObject({ kind: 'delta', rowsToCome: 3 });
    expect(namesIn(sent[1])[0]).toBe('channel2');
    acknowledgeAll();
    clock.advanceBy(FRAME_MS);
    expect(sent[2]).toMatchObject({ kind: 'delta', rowsToCome: 0 });
    expect(new Set(sent.flatMap(namesIn)).size).toBe(ROWS_PER_MESSAGE + 4);
    acknowledgeAll();
    clock.advanceBy(60_000);
    expect(sent).toHaveLength(3);
  });

  it('follows with a delta for what changed while the snapshot was on its way', () => {
    const { clock, picture, sent, acknowledgeAll } = openFeed(manyRows(ROWS_PER_MESSAGE + 1));
    picture.put(rowNamed('alarm0'));
    clock.advanceBy(0);
    acknowledgeAll();
    clock.advanceBy(FRAME_MS);
    expect(sent.at(-1)?.kind).toBe('delta');
    expect(namesIn(sent.at(-1))).toEqual(['alarm0']);
  });
});

describe('deltas of a feed', () => {
  function openLive(rows = manyRows(2)) {
    const opened = openFeed(rows);
    opened.clock.advanceBy(0);
    opened.acknowledgeAll();
    opened.sent.length = 0;
    const acknowledgeLast = () => opened.feed.acknowledge(opened.sent.at(-1)?.sequence ?? 0);
    return { ...opened, acknowledgeLast };
  }

  it('sends nothing while nothing changes', () => {
    const { clock, sent } = openLive();
    clock.advanceBy(60_000);
    expect(sent).toEqual([]);
    expect(clock.waiting).toBe(0);
  });

  it('sends at most one message a frame, with the changes merged', () => {
    const { clock, picture, sent, acknowledgeLast } = openLive();
    for (let at = 0; at < 100; at += 1) {
      picture.put(rowNamed('alarm0'), rowNamed(`new${at}`));
      clock.advanceBy(1);
      acknowledgeLast();
    }
    expect(sent.length).toBeLessThanOrEqual(Math.ceil(100 / FRAME_MS));
    expect(namesIn(sent[0])).toContain('alarm0');
  });

  it('waits for the acknowledgement of the last, and forgets no change meanwhile', () => {
    const { clock, picture, sent, acknowledgeLast } = openLive();
    picture.put(rowNamed('alarm0'));
    clock.advanceBy(FRAME_MS);
    picture.put(rowNamed('alarm1'));
    picture.put(rowNamed('new'));
    clock.advanceBy(10_000);
    expect(sent).toHaveLength(1);
    acknowledgeLast();
    clock.advanceBy(FRAME_MS);
    expect(sent).toHaveLength(2);
    expect(namesIn(sent[1])).toEqual(['alarm1', 'new']);
  });

  it('is not fooled by the acknowledgement of a message that was never sent', () => {
    const { clock, picture, sent, feed } = openLive();
    picture.put(rowNamed('alarm0'));
    clock.advanceBy(FRAME_MS);
    feed.acknowledge(99);
    picture.put(rowNamed('alarm1'));
    clock.advanceBy(FRAME_MS * 2);
    expect(sent).toHaveLength(1);
  });

  it('names the alarms that are gone', () => {
    const { clock, picture, sent } = openLive();
    picture.remove(alarmName('alarm1'));
    clock.advanceBy(FRAME_MS);
    expect(sent.map((message) => message.removed)).toEqual([['alarm1']]);
  });

  it('spreads a change of everything over several messages', () => {
    const { clock, picture, sent, acknowledgeLast } = openLive();
    picture.put(...manyRows(ROWS_PER_MESSAGE + 10));
    clock.advanceBy(FRAME_MS);
    acknowledgeLast();
    clock.advanceBy(FRAME_MS);
    expect(sent.map((message) => message.rows.count)).toEqual([ROWS_PER_MESSAGE, 10]);
  });

  it('tells a change of phase within a frame and a mere refresh about once a second', () => {
    const { clock, picture, sent, acknowledgeLast } = openLive();
    picture.setStatus({ lastRecordAt: 1 });
    clock.advanceBy(LIVE_STATUS_MS / 2);
    expect(sent).toHaveLength(0);
    clock.advanceBy(LIVE_STATUS_MS / 2);
    expect(sent).toHaveLength(1);
    acknowledgeLast();
    picture.setStatus({ lastRecordAt: 2 });
    picture.setStatus({ phase: { phase: 'stale', sinceAt: 5 } });
    clock.advanceBy(FRAME_MS);
    expect(sent.at(-1)?.status.phase).toEqual({ phase: 'stale', sinceAt: 5 });
  });

  it('does not hold a changed row back for a refresh that is due later', () => {
    const { clock, picture, sent } = openLive();
    clock.advanceBy(FRAME_MS);
    picture.setStatus({ lastRecordAt: 1 });
    picture.put(rowNamed('alarm0'));
    clock.advanceBy(FRAME_MS);
    expect(namesIn(sent[0])).toEqual(['alarm0']);
  });

  it('ends with its window and leaves nothing behind', () => {
    const { clock, picture, sent, window } = openLive();
    window.isOpen = false;
    picture.put(rowNamed('alarm0'));
    clock.advanceBy(FRAME_MS);
    picture.put(rowNamed('alarm1'));
    clock.advanceBy(1_000);
    expect(sent).toHaveLength(1);
    expect(picture.listeners()).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  it('says only what the contract knows', () => {
    const { clock, picture, sent } = openLive();
    picture.put(rowNamed('alarm0'));
    clock.advanceBy(FRAME_MS);
    expect(sent.map((message) => eventSchemas['feed:changed'].parse(message))).toEqual(sent);
  });
});
