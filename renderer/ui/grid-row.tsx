import { memo, type ReactElement, type ReactNode } from 'react';
import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { SortColumn } from '../stores/row-order.ts';
import { ROW_HEIGHT } from './grid-navigation.ts';

/** One column of a grid. `draw` must depend on the row alone: what ticks subscribes for itself. */
export interface GridColumn {
  readonly id: string;
  readonly title: string;
  readonly sort?: SortColumn;
  readonly draw: (row: AlarmRow) => ReactNode;
}

/** What one row is drawn from. */
export interface GridRowProps {
  readonly row: AlarmRow;
  readonly at: number;
  readonly columns: readonly GridColumn[];
  readonly isSelected: boolean;
  readonly isActive: boolean;
}

/** The id of a row's element, for `aria-activedescendant`. */
export function rowElementId(name: string): string {
  return `row-${encodeURIComponent(name)}`;
}

/** One row: drawn again only when its own alarm, its place or its selection changed. */
export const GridRow = memo(function GridRow(props: GridRowProps): ReactElement {
  const { row, at, columns, isSelected, isActive } = props;
  return (
    <div
      role="row"
      id={rowElementId(row.name)}
      className={`row${isSelected ? ' row-selected' : ''}${isActive ? ' row-active' : ''}`}
      aria-rowindex={at + 2}
      aria-selected={isSelected}
      data-alarm={row.name}
      data-state={row.effective}
      data-actual={row.actual}
      data-level={row.level}
      style={{ transform: `translateY(${at * ROW_HEIGHT}px)` }}
    >
      <RowCells row={row} columns={columns} />
    </div>
  );
});

const RowCells = memo(function RowCells(props: {
  readonly row: AlarmRow;
  readonly columns: readonly GridColumn[];
}): ReactElement {
  return (
    <>
      {props.columns.map((column) => (
        <div role="gridcell" key={column.id} className={`cell cell-${column.id}`}>
          {column.draw(props.row)}
        </div>
      ))}
    </>
  );
});
