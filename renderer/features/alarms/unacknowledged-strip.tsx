import {
  type ReactElement,
  type RefObject,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useStore } from 'zustand';
import type { AlarmRow, EffectiveState } from '../../../core/effective-state/alarm-row.ts';
import { createSortedView, type SortedView } from '../../stores/sorted-view.ts';
import { useReasonNotLive, useStores, useTimeText } from '../../stores/stores.tsx';
import { LevelShape } from '../../ui/level-shape.tsx';
import { LEVEL_PRESENTATION, STATE_PRESENTATION } from '../../ui/presentation.ts';
import { count, sinceText } from '../../ui/time-text.ts';
import { firstOut } from './first-out.ts';

/** What the strip needs. */
export interface UnacknowledgedStripProps {
  readonly onShow: (name: string) => void;
  readonly onShowState: (filterWord: string) => void;
}

/** Pixels that a chip takes with its gap, what the first of a burst takes beyond that, and what a "+n" button takes. */
const CHIP_WIDTH = 216;
const FIRST_EXTRA = 110;
const MORE_WIDTH = 100;
const RETURNED_SHOWN = 2;

/** What waits for an answer: the first of the newest burst, then the newest; what has returned keeps its own place at the end. */
export function UnacknowledgedStrip(props: UnacknowledgedStripProps): ReactElement | null {
  const waiting = useStateView('unacknowledged');
  const returned = useStateView('returnedToNormalUnacknowledged');
  const notLive = useReasonNotLive();
  const isComplete = useStore(useStores().feed, (state) => state.isComplete);
  const [strip, width] = useWidth();
  const first = firstOut(waiting);
  const returnedShown = Math.min(returned.count(), width < 700 ? 1 : RETURNED_SHOWN);
  const taken =
    (first === null ? 0 : FIRST_EXTRA) + (returned.count() > returnedShown ? 2 : 1) * MORE_WIDTH;
  const room = Math.max(1, Math.floor((width - taken) / CHIP_WIDTH) - returnedShown);
  const newest = rowsFrom(waiting, room).filter((row) => row !== first?.row);
  const shown = first === null ? newest : [first.row, ...newest.slice(0, room - 1)];
  return (
    <section className="strip" aria-label="Unacknowledged" ref={strip}>
      {waiting.count() + returned.count() === 0 ? (
        <span className="dim">{calmText(notLive, isComplete)}</span>
      ) : null}
      {shown.map((row) => (
        <Chip
          key={row.name}
          row={row}
          note={row === first?.row ? `first of ${count(first.burst)}` : ''}
          onShow={props.onShow}
        />
      ))}
      <More
        hidden={waiting.count() - shown.length}
        word="more"
        onPress={() => props.onShowState('unacknowledged')}
      />
      <span className="strip-gap" />
      {rowsFrom(returned, returnedShown).map((row) => (
        <Chip key={row.name} row={row} note="returned" onShow={props.onShow} />
      ))}
      <More
        hidden={returned.count() - returnedShown}
        word="returned"
        onPress={() => props.onShowState('returned')}
      />
    </section>
  );
}

/** Only a console that hears the log may say that nothing waits. */
function calmText(notLive: string | null, isComplete: boolean): string {
  return notLive === null && isComplete
    ? 'Nothing waits for an acknowledgement.'
    : 'What waits for an acknowledgement is not known now.';
}

function Chip(props: {
  readonly row: AlarmRow;
  readonly note: string;
  readonly onShow: (name: string) => void;
}): ReactElement {
  const { row, note, onShow } = props;
  const { sinceAt } = row;
  const since = useTimeText((nowAt) => (sinceAt === null ? '' : sinceText(sinceAt, nowAt)));
  const { word, token } = LEVEL_PRESENTATION[row.level];
  return (
    <button
      type="button"
      className={`chip${note.startsWith('first') ? ` chip-first tone-${token}` : ''}`}
      title={chipTitle(row, note)}
      data-state={row.effective}
      onClick={() => onShow(row.name)}
    >
      <LevelShape level={row.level} state={row.effective} />
      <span className="unseen">{word}</span>
      <b>{row.name}</b>
      {note === '' ? null : <span className="chip-note">{note}</span>}
      {note === 'returned' || sinceAt === null ? null : <small>{since}</small>}
    </button>
  );
}

/** "VIP2R08: MAJOR HIHI, unacknowledged, first of 12 that came one after the other". */
function chipTitle(row: AlarmRow, note: string): string {
  const level = [LEVEL_PRESENTATION[row.level].word, row.status].filter((text) => text !== '');
  const burst = note.startsWith('first') ? `, ${note} that came one after the other` : '';
  return `${row.name}: ${level.join(' ')}, ${STATE_PRESENTATION[row.effective].word}${burst}`;
}

function More(props: {
  readonly hidden: number;
  readonly word: string;
  readonly onPress: () => void;
}): ReactElement | null {
  if (props.hidden <= 0) return null;
  return (
    <button type="button" className="chip chip-more" onClick={props.onPress}>
      +{count(props.hidden)} {props.word}
    </button>
  );
}

function useStateView(state: EffectiveState): SortedView {
  const { index } = useStores().feed;
  const [view] = useState(() => {
    const isIn = (row: AlarmRow): boolean => row.effective === state;
    const order = { column: 'since', isReversed: false } as const;
    return createSortedView(index, { isMember: isIn, isShown: isIn, order });
  });
  useEffect(() => view.dispose, [view]);
  useSyncExternalStore(view.subscribe, view.version);
  return view;
}

function rowsFrom(view: SortedView, wanted: number): AlarmRow[] {
  const rows: AlarmRow[] = [];
  for (let at = 0; at < Math.min(wanted, view.count()); at += 1) {
    const row = view.rowAt(at);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

function useWidth(): [RefObject<HTMLElement | null>, number] {
  const element = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(1_200);
  useEffect(() => {
    const target = element.current;
    if (target === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => setWidth(target.clientWidth));
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
