import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { AlarmRow } from '../../../core/effective-state/alarm-row.ts';
import { useStores } from '../../stores/stores.tsx';
import { type Announcement, announcementOf } from './announcement.ts';

/** Says new alarms to a screen reader, once a second at most: politely, and at once for the highest levels. */
export function Announcer(): ReactElement {
  const { feed, ticker } = useStores();
  const waiting = useRef<AlarmRow[]>([]);
  const [said, setSaid] = useState<Announcement | null>(null);
  useEffect(
    () =>
      feed.onRaised((rows) => {
        waiting.current.push(...rows);
      }),
    [feed],
  );
  const nowAt = useStore(ticker, (state) => state.nowAt);
  useEffect(() => {
    if (nowAt === 0 || waiting.current.length === 0) return;
    setSaid(announcementOf(waiting.current));
    waiting.current = [];
  }, [nowAt]);
  return (
    <>
      <div className="unseen" aria-live="polite" data-announces="polite">
        {said !== null && !said.isUrgent ? said.text : ''}
      </div>
      <div className="unseen" aria-live="assertive" data-announces="assertive">
        {said?.isUrgent === true ? said.text : ''}
      </div>
    </>
  );
}
