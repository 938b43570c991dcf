import { describe, expect, it } from 'vitest';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { FRAME_MS } from '../../../../main/alarm-feed/alarm-feed.ts';
import { createFeedDesk } from '../../../../main/alarm-feed/feed-desk.ts';
import type { SendEvent } from '../../../../main/ipc/send-event.ts';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';
import { createFakeAlarmPicture } from '../../../fakes/fake-alarm-picture.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';

function openDesk() {
  const clock = createFakeClock();
  const picture = createFakeAlarmPicture([anAlarmRow()]);
  const taken: number[] = [];
  const desk = createFeedDesk({
    picture,
    clock,
    onSnapshotTaken: (windowId) => taken.push(windowId),
  });
  const sent: unknown[] = [];
  const send: SendEvent = (_, payload) => {
    sent.push(payload);
    return true;
  };
  return { clock, picture, desk, sent, send, taken };
}

describe('createFeedDesk', () => {
  it('ends the feed before when a window opens another after a gap', () => {
    const { clock, picture, desk, sent, send } = openDesk();
    const first = desk.openFeed(1, send);
    const second = desk.openFeed(1, send);
    clock.advanceBy(FRAME_MS);
    expect(first).not.toBe(second);
    expect(sent).toMatchObject([{ feedId: second, sequence: 1, kind: 'snapshot' }]);
    expect(picture.listeners()).toBe(1);
  });

  it('passes over a late word about an older feed', () => {
    const { clock, picture, desk, sent, send } = openDesk();
    const first = desk.openFeed(1, send);
    desk.openFeed(1, send);
    clock.advanceBy(FRAME_MS);
    desk.acknowledgeMessage(1, first, 1);
    picture.put(anAlarmRow({ name: alarmName('channel2') }));
    clock.advanceBy(FRAME_MS);
    expect(sent).toHaveLength(1);
  });

  it('keeps the feeds of two windows apart', () => {
    const { clock, picture, desk, sent, send } = openDesk();
    desk.openFeed(1, send);
    desk.openFeed(2, send);
    desk.closeFeed(1);
    clock.advanceBy(FRAME_MS);
    expect(sent).toHaveLength(1);
    expect(picture.listeners()).toBe(1);
    desk.closeAll();
    expect(picture.listeners()).toBe(0);
  });

  it('tells once which window has painted its whole snapshot', () => {
    const { clock, picture, desk, send, taken } = openDesk();
    const feedId = desk.openFeed(7, send);
    clock.advanceBy(FRAME_MS);
    expect(taken).toEqual([]);
    desk.acknowledgeMessage(7, feedId, 1);
    picture.put(anAlarmRow());
    clock.advanceBy(FRAME_MS);
    desk.acknowledgeMessage(7, feedId, 2);
    expect(taken).toEqual([7]);
  });
});
