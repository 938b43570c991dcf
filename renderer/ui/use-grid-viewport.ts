import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { ROW_HEIGHT } from './grid-navigation.ts';

/** What of the grid is in sight. */
export interface GridViewport {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly scrollTop: number;
  /** Height for rows, without the header. */
  readonly height: number;
  /** Rows that slid in above while the selected row was held in its place. */
  readonly movedAbove: number;
  onScroll(): void;
  toTop(): void;
}

/** Where the selected row stands: its name and its place in the list (-1 = not in it). */
export interface ActiveRow {
  readonly name: string | null;
  readonly at: number;
}

const HEADER_HEIGHT = 28;
/** A test document measures nothing: it is given a screenful. */
const FALLBACK_HEIGHT = 560;

/**
 * The scrolled part of a grid. While rows come and go around the selected one, the page is scrolled by as much, so that it
 * stays under the operator's eye; when the operator moves, it is scrolled into sight.
 */
export function useGridViewport(active: ActiveRow): GridViewport {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const last = useRef<ActiveRow>({ name: null, at: -1 });
  const [scrollTop, setScrollTop] = useState(0);
  const height = useRowsHeight(scroller);
  const [movedAbove, setMovedAbove] = useState(0);

  function scrollTo(top: number): void {
    const element = scroller.current;
    if (element === null) return;
    const room = `${Math.max(0, top) + height}px`;
    if (content.current !== null) content.current.style.minHeight = room;
    element.scrollTop = Math.max(0, top);
    setScrollTop(element.scrollTop);
  }

  function giveRoomBack(): void {
    if (gaveRoomBack(content.current)) setScrollTop(scroller.current?.scrollTop ?? 0);
  }

  useLayoutEffect(() => {
    const before = last.current;
    last.current = active;
    if (active.at < 0) {
      giveRoomBack();
      return;
    }
    const top = active.at * ROW_HEIGHT;
    if (before.name !== active.name || before.at < 0) {
      const shown = intoSight(top, scrollTop, height);
      if (shown !== scrollTop) scrollTo(shown);
      return;
    }
    const wasInSight = isInSight(before.at * ROW_HEIGHT, scrollTop, height);
    if (!wasInSight) giveRoomBack();
    if (before.at === active.at || !wasInSight) return;
    const moved = active.at - before.at;
    scrollTo(scrollTop + moved * ROW_HEIGHT);
    setMovedAbove((was) => Math.max(0, was + moved));
  });

  return {
    scroller,
    content,
    scrollTop,
    height,
    movedAbove: scrollTop > 0 ? movedAbove : 0,
    onScroll: () => {
      const top = scroller.current?.scrollTop ?? 0;
      setScrollTop(top);
      if (top === 0) setMovedAbove(0);
    },
    toTop: () => {
      scrollTo(0);
      setMovedAbove(0);
    },
  };
}

/** Room that was made for a held row must not stay as an empty page over alarms when nothing is held any more. */
function gaveRoomBack(content: HTMLElement | null): boolean {
  if (content === null || content.style.minHeight === '') return false;
  content.style.minHeight = '';
  return true;
}

function useRowsHeight(scroller: RefObject<HTMLDivElement | null>): number {
  const [height, setHeight] = useState(FALLBACK_HEIGHT);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      setHeight(Math.max(ROW_HEIGHT, element.clientHeight - HEADER_HEIGHT));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return height;
}

function isInSight(top: number, scrollTop: number, height: number): boolean {
  return top + ROW_HEIGHT > scrollTop && top < scrollTop + height;
}

function intoSight(top: number, scrollTop: number, height: number): number {
  if (top < scrollTop) return top;
  return top + ROW_HEIGHT > scrollTop + height ? top + ROW_HEIGHT - height : scrollTop;
}
