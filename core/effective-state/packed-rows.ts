import type { AlarmRow } from './alarm-row.ts';

/** Rows by column: what crosses to a window without an object a row. */
export interface PackedRows {
  readonly count: number;
  readonly names: readonly string[];
  readonly texts: readonly string[];
  readonly ints: Int32Array;
  readonly times: Float64Array;
}

export declare function packRows(rows: readonly AlarmRow[]): PackedRows;
export declare function unpackRows(packed: PackedRows): AlarmRow[];
