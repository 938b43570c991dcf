import { describe, expect, it } from 'vitest';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { createFeedStore, type FeedStore } from '../../../../renderer/stores/feed-store.ts';
import { aFeedStatus } from '../../../builders/a-feed-status.ts';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';
import { FakeBridge } from '../../../fakes/fake-bridge.ts';
import { ManualFrames } from '../../../fakes/manual-frames.ts';

interface Opened {
  readonly bridge: FakeBridge;
  readonly frames: ManualFrames;
  readonly feed: FeedStore;
}

async function opened(): Promise<Opened> {
  const bridge = new FakeBridge();
  const frames = new ManualFrames();
  const feed = createFeedStore(bridge, frames);
  feed.start();
  await settled();
  return { bridge, frames, feed };
}

/** Lets every answer of the fake bridge arrive: they are all promises that are already resolved. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

/** One more than a window draws twice in a frame. */
function manyRows() {
  return Array.from({ length: 9 }, (_, at) => anAlarmRow({ name: alarmName(`n${at}`) }));
}

describe('feed store', () => {
  it('shows a snapshot as it comes, and acknowledges it only when it has been drawn', async () => {
    const { bridge, frames, feed } = await opened();
    bridge.sendFeed([anAlarmRow()]);
    expect(feed.getState()).toMatchObject({ isComplete: true, counts: { unacknowledged: 1 } });
    expect(bridge.asked('feed:acknowledgeMessage')).toEqual([]);
    frames.draw();
    expect(bridge.asked('feed:acknowledgeMessage')).toEqual([{ feedId: 'feed-1', sequence: 1 }]);
  });

  it('shows and acknowledges a change as it comes, without waiting for a frame', async () => {
    const { bridge, frames, feed } = await opened();
    bridge.sendFeed([anAlarmRow()]);
    frames.draw();
    const shown: number[] = [];
    feed.subscribe(() => shown.push(feed.index.size()));
    bridge.sendFeed([anAlarmRow({ name: alarmName('b') })]);
    expect(shown).toEqual([2]);
    expect(bridge.asked('feed:acknowledgeMessage').at(-1)).toMatchObject({ sequence: 2 });
  });

  it('asks for the next part of a snapshot at once, without a frame in between', async () => {
    const { bridge, feed } = await opened();
    bridge.sendFeed([anAlarmRow()], { isLastPart: false });
    expect(bridge.asked('feed:acknowledgeMessage')).toEqual([{ feedId: 'feed-1', sequence: 1 }]);
    expect(feed.index.size()).toBe(1);
  });

  it('is not complete before the last part, so that an empty list cannot look calm', async () => {
    const { bridge, frames, feed } = await opened();
    bridge.sendFeed([anAlarmRow()], { isLastPart: false });
    frames.draw();
    expect(feed.getState().isComplete).toBe(false);
  });

  it('tells how far the reading is before the list is whole, and never LIVE over a part of it', async () => {
    const { bridge, feed } = await opened();
    const phase = { phase: 'replaying', read: 5, total: 9 } as const;
    bridge.sendFeed([], { isLastPart: false, status: { ...aFeedStatus(), phase } });
    expect(feed.getState().status?.phase).toEqual(phase);
    bridge.sendFeed([anAlarmRow()], { kind: 'snapshot', isLastPart: false });
    expect(feed.getState().status?.phase).toEqual(phase);
  });

  it('shows a small second message of a frame at once, and acknowledges it when that frame has been drawn', async () => {
    const { bridge, frames, feed } = await opened();
    bridge.sendFeed([anAlarmRow()]);
    frames.draw();
    bridge.sendFeed([anAlarmRow({ name: alarmName('b') })]);
    bridge.sendFeed([anAlarmRow({ name: alarmName('c') })], { rowsToCome: 7 });
    expect(feed.getState().rowsToCome).toBe(7);
    expect(bridge.asked('feed:acknowledgeMessage').at(-1)).toMatchObject({ sequence: 2 });
    frames.draw();
    expect(bridge.asked('feed:acknowledgeMessage').at(-1)).toMatchObject({ sequence: 3 });
  });

  it('keeps a large second message of a frame until that frame has been drawn', async () => {
    const { bridge, frames, feed } = await opened();
    bridge.sendFeed([anAlarmRow()]);
    frames.draw();
    bridge.sendFeed([anAlarmRow({ name: alarmName('b') })]);
    bridge.sendFeed(manyRows(), { rowsToCome: 7 });
    expect(feed.getState().rowsToCome).toBe(0);
    expect(bridge.asked('feed:acknowledgeMessage').at(-1)).toMatchObject({ sequence: 2 });
    frames.draw();
    frames.draw();
    expect(feed.getState().rowsToCome).toBe(7);
    frames.draw();
    expect(bridge.asked('feed:acknowledgeMessage').at(-1)).toMatchObject({ sequence: 3 });
  });

  it('takes the next rows that follow a snapshot as soon as the frame after begins, where drawing keeps up', async () => {
    const { bridge, frames } = await opened();
    bridge.sendFeed([anAlarmRow()]);
    frames.draw();
    bridge.sendFeed(manyRows(), { rowsToCome: 7 });
    frames.draw();
    expect(bridge.asked('feed:acknowledgeMessage').at(-1)).toMatchObject({ sequence: 1 });
    frames.draw();
    expect(bridge.asked('feed:acknowledgeMessage').at(-1)).toMatchObject({ sequence: 2 });
  });

  it('shows the first of a flood in its frame, and takes the next a tenth of a second later', async () => {
    const { bridge, frames, feed } = await opened();
    bridge.sendFeed([anAlarmRow()]);
    frames.draw();
    bridge.sendFeed(manyRows());
    frames.draw();
    expect(feed.index.size()).toBe(10);
    for (let drawn = 1; drawn <= 5; drawn += 1) frames.draw();
    expect(frames.now()).toBe(112);
    expect(bridge.asked('feed:acknowledgeMessage').at(-1)).toMatchObject({ sequence: 1 });
    frames.draw();
    expect(bridge.asked('feed:acknowledgeMessage').at(-1)).toMatchObject({ sequence: 2 });
  });

  it('rests as long as a late frame took, where that is longer', async () => {
    const { bridge, frames } = await opened();
    bridge.sendFeed([anAlarmRow()]);
    frames.draw();
    bridge.sendFeed(manyRows());
    frames.frameMs = 160;
    frames.draw();
    frames.frameMs = 16;
    for (let drawn = 1; drawn <= 9; drawn += 1) frames.draw();
    expect(bridge.asked('feed:acknowledgeMessage').at(-1)).toMatchObject({ sequence: 1 });
    for (let drawn = 1; drawn <= 3; drawn += 1) frames.draw();
    expect(bridge.asked('feed:acknowledgeMessage').at(-1)).toMatchObject({ sequence: 2 });
  });

  it('opens a new feed after a gap and drops what the new snapshot no longer names', async () => {
    const { bridge, frames, feed } = await opened();
    bridge.sendFeed([anAlarmRow(), anAlarmRow({ name: alarmName('gone') })]);
    frames.draw();
    bridge.sendFeed([], { sequence: 7 });
    await settled();
    expect(bridge.asked('feed:openFeed')).toHaveLength(2);
    bridge.sendFeed([anAlarmRow()]);
    frames.draw();
    expect(feed.index.rowOf('gone')).toBeUndefined();
    expect(feed.index.size()).toBe(1);
  });

  it('ignores messages of another feed', async () => {
    const { bridge, frames, feed } = await opened();
    bridge.sendFeed([anAlarmRow()], { feedId: 'somebody else' });
    frames.draw();
    expect(feed.getState().status).toBeNull();
    expect(feed.index.size()).toBe(0);
  });

  it('takes a snapshot that overtakes the answer naming its feed', async () => {
    const bridge = new FakeBridge();
    const frames = new ManualFrames();
    const feed = createFeedStore(bridge, frames);
    feed.start();
    bridge.sendFeed([anAlarmRow()], { feedId: 'feed-1' });
    await settled();
    frames.draw();
    expect(feed.index.size()).toBe(1);
  });

  it('tells of alarms that come while it is live, not of those of the snapshot or a replay', async () => {
    const { bridge, frames, feed } = await opened();
    const raised: string[] = [];
    feed.onRaised((rows) => raised.push(...rows.map((row) => row.name)));
    bridge.sendFeed([anAlarmRow({ name: alarmName('old') })]);
    frames.draw();
    bridge.sendFeed([anAlarmRow({ name: alarmName('replayed') })], {
      status: aFeedStatus({ phase: { phase: 'replaying', read: 1, total: 2 } }),
    });
    frames.draw();
    bridge.sendFeed([
      anAlarmRow({ name: alarmName('new') }),
      anAlarmRow({ name: alarmName('old') }),
    ]);
    frames.draw();
    expect(raised).toEqual(['new']);
  });

  it('says why there is no feed, and asks again when the session changes', async () => {
    const bridge = new FakeBridge();
    let isBroken = true;
    const answer = bridge.answers['feed:openFeed'];
    bridge.answers['feed:openFeed'] = (input) =>
      isBroken
        ? { ok: false, error: { code: 'Failed', message: 'The log is not open yet.' } }
        : answer(input);
    const feed = createFeedStore(bridge, new ManualFrames());
    feed.start();
    await settled();
    expect(feed.getState().problem).toBe('The log is not open yet.');
    isBroken = false;
    const session = await bridge.request('session:readSession', {});
    if (session.ok) bridge.emit('session:changed', session.value);
    await settled();
    expect(bridge.asked('feed:openFeed')).toHaveLength(2);
  });
});
