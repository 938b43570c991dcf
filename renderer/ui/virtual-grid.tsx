import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  useRef,
  useSyncExternalStore,
} from 'react';
import { useStore } from 'zustand';
import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { SortColumn, SortOrder } from '../stores/row-order.ts';
import type { SelectionStore } from '../stores/selection-store.ts';
import type { RowSource } from '../stores/sorted-view.ts';
import { type GridStep, gridStep, ROW_HEIGHT, visibleRange } from './grid-navigation.ts';
import { type GridColumn, GridRow, rowElementId } from './grid-row.tsx';
import { LEVEL_PRESENTATION, needsAnswer } from './presentation.ts';
import { NO_TYPE_AHEAD, typed } from './type-ahead.ts';
import { type GridViewport, useGridViewport } from './use-grid-viewport.ts';

/** What a grid of alarms needs. */
export interface VirtualGridProps {
  readonly label: string;
  /** Names the class that sets the columns' widths. */
  readonly layout: string;
  readonly source: RowSource;
  readonly columns: readonly GridColumn[];
  readonly order: SortOrder;
  readonly selection: SelectionStore;
  /** Letters that are commands, and so begin no type ahead. */
  readonly reservedKeys: string;
  readonly onSort: (column: SortColumn) => void;
  readonly onOpen: () => void;
}

/** A grid that draws only the rows in sight, however many there are. */
export function VirtualGrid(props: VirtualGridProps): ReactElement {
  const { source, selection, columns } = props;
  useSyncExternalStore(source.subscribe, source.version);
  const { active, selected } = useStore(selection);
  const activeAt = active === null ? -1 : source.indexOf(active);
  const viewport = useGridViewport({ name: active, at: activeAt });
  const onKeyDown = useGridKeys(props, activeAt, viewport);
  const count = source.count();
  return (
    <div className="grid-frame">
      <div
        ref={viewport.scroller}
        className={`grid grid-${props.layout}`}
        role="grid"
        aria-label={props.label}
        aria-rowcount={count + 1}
        aria-multiselectable="true"
        aria-activedescendant={active !== null && activeAt >= 0 ? rowElementId(active) : undefined}
        tabIndex={0}
        onScroll={viewport.onScroll}
        onKeyDown={onKeyDown}
        onClick={(event) => choose(event, props)}
        onDoubleClick={props.onOpen}
      >
        <GridHeader columns={columns} order={props.order} onSort={props.onSort} />
        <div
          role="rowgroup"
          className="grid-body"
          ref={viewport.content}
          style={{ height: count * ROW_HEIGHT }}
        >
          {drawnRows(source, viewport, activeAt).map((at) => {
            const row = source.rowAt(at);
            return row === undefined ? null : (
              <GridRow
                key={row.name}
                row={row}
                at={at}
                columns={columns}
                isSelected={selected.has(row.name)}
                isActive={row.name === active}
              />
            );
          })}
        </div>
      </div>
      {viewport.movedAbove > 0 ? (
        <button type="button" className="moved-above" onClick={viewport.toTop}>
          ▲ {viewport.movedAbove} moved in above{topText(source.rowAt(0))}
        </button>
      ) : null}
    </div>
  );
}

/** What waits at the top while the selected row is held: an alarm above the edge must not look like just a number. */
function topText(top: AlarmRow | undefined): string {
  return top === undefined || !needsAnswer(top.effective)
    ? ''
    : `, at the top ${LEVEL_PRESENTATION[top.level].word}`;
}

/** The rows in sight, and the active one wherever it is, since the keyboard's place must be on the page. */
function drawnRows(source: RowSource, viewport: GridViewport, activeAt: number): number[] {
  const { from, to } = visibleRange(viewport.scrollTop, viewport.height, source.count());
  const drawn: number[] = [];
  if (activeAt >= 0 && activeAt < from) drawn.push(activeAt);
  for (let at = from; at < to; at += 1) drawn.push(at);
  if (activeAt >= to) drawn.push(activeAt);
  return drawn;
}

function GridHeader(props: {
  readonly columns: readonly GridColumn[];
  readonly order: SortOrder;
  readonly onSort: (column: SortColumn) => void;
}): ReactElement {
  const { columns, order, onSort } = props;
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" className="row row-head" aria-rowindex={1}>
        {columns.map(({ id, title, sort }) => {
          const isSorted = sort !== undefined && order.column === sort;
          const direction = order.isReversed ? 'descending' : 'ascending';
          return (
            <div
              role="columnheader"
              key={id}
              className={`cell cell-${id}`}
              aria-sort={isSorted ? direction : sort === undefined ? undefined : 'none'}
            >
              {sort === undefined ? (
                <span className={title === 'Shape' ? 'unseen' : ''}>{title}</span>
              ) : (
                <button type="button" tabIndex={-1} onClick={() => onSort(sort)}>
                  {title}
                  {isSorted ? (
                    <span aria-hidden="true">{order.isReversed ? ' ▴' : ' ▾'}</span>
                  ) : null}
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function useGridKeys(
  props: VirtualGridProps,
  activeAt: number,
  viewport: GridViewport,
): (event: KeyboardEvent) => void {
  const search = useRef(NO_TYPE_AHEAD);
  return (event) => {
    if (event.target !== event.currentTarget) return;
    const pageRows = Math.max(1, Math.floor(viewport.height / ROW_HEIGHT) - 1);
    const place = { at: activeAt, count: props.source.count(), pageRows };
    const step = gridStep(event, place);
    if (step !== null) {
      event.preventDefault();
      search.current = NO_TYPE_AHEAD;
      take(step, props, activeAt);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = typed(search.current, event.key, event.timeStamp, props.reservedKeys);
    if (next === null) return;
    event.preventDefault();
    search.current = next;
    const found = findByStart(props.source, next.text, Math.max(0, activeAt));
    if (found !== null) props.selection.chose(found);
  };
}

function take(step: GridStep, props: VirtualGridProps, activeAt: number): void {
  const { source, selection } = props;
  switch (step.step) {
    case 'move': {
      const name = source.rowAt(step.to)?.name;
      if (name === undefined) return;
      if (step.isExtending) extend(props, step.to, name);
      else if (step.isLoose) selection.setState({ active: name });
      else selection.chose(name);
      return;
    }
    case 'chooseAll':
      selection.choseAll(namesBetween(source, 0, source.count() - 1));
      return;
    case 'toggle': {
      const name = source.rowAt(activeAt)?.name;
      if (name !== undefined) selection.toggled(name);
      return;
    }
    case 'open':
      props.onOpen();
      return;
    case 'clear':
      selection.cleared();
  }
}

function extend(props: VirtualGridProps, to: number, name: string): void {
  const { anchor, active } = props.selection.getState();
  const from = props.source.indexOf(anchor ?? active ?? name);
  props.selection.extended(namesBetween(props.source, from < 0 ? to : from, to), name);
}

function choose(event: MouseEvent, props: VirtualGridProps): void {
  // A button in a row does its own work; the row is not selected by it.
  if (!(event.target instanceof Element) || event.target.closest('button') !== null) return;
  const name = event.target.closest<HTMLElement>('[data-alarm]')?.dataset['alarm'];
  if (name === undefined) return;
  if (event.shiftKey) extend(props, props.source.indexOf(name), name);
  else if (event.ctrlKey || event.metaKey) props.selection.toggled(name);
  else props.selection.chose(name);
}

function namesBetween(source: RowSource, a: number, b: number): string[] {
  const names: string[] = [];
  for (let at = Math.min(a, b); at <= Math.max(a, b); at += 1) {
    const row = source.rowAt(at);
    if (row !== undefined) names.push(row.name);
  }
  return names;
}

function findByStart(source: RowSource, text: string, from: number): string | null {
  const count = source.count();
  for (let step = 0; step < count; step += 1) {
    const row = source.rowAt((from + step) % count);
    if (row?.name.toLowerCase().startsWith(text) === true) return row.name;
  }
  return null;
}
