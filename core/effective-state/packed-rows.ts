import { LEVELS } from '../alarm/level.ts';
import { type AlarmName, alarmName } from '../lib/alarm-name.ts';
import { InvariantError } from '../lib/invariant.ts';
import type { EpochMs } from '../lib/units.ts';
import type { RecordPosition } from '../ports/alarm-log.ts';
import { ACTUAL_STATES, type AlarmRow, EFFECTIVE_STATES } from './alarm-row.ts';

/**
 * Rows by column: what crosses to a window without an object a row.
 * `names` holds one name a row; `texts` each other text once; `ints` holds `INT_COLUMNS` integers a row
 * (flags, then indexes into `texts` with -1 for null, then partitions); `times` holds `TIME_COLUMNS` numbers a row
 * (moments and offsets; NaN for null). Offsets are exact below 2^53.
 */
export interface PackedRows {
  readonly count: number;
  readonly names: readonly string[];
  readonly texts: readonly string[];
  readonly ints: Int32Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer>;
}

/** Integers a row in {@link PackedRows}. */
export const INT_COLUMNS = 11;
/** Floating point numbers a row in {@link PackedRows}. */
export const TIME_COLUMNS = 5;

const ACTUAL_SHIFT = 0;
const EFFECTIVE_SHIFT = 2;
const LEVEL_SHIFT = 6;
const REGISTERED = 1 << 9;
const LATCHING = 1 << 10;
const SHELVABLE = 1 << 11;
const UNDECODABLE = 1 << 12;
const SINCE_EXACT = 1 << 13;
const SIMPLE_CALL = 1 << 14;
const EPICS_CALL = 1 << 15;

const ACTUAL_INDEX = new Map(ACTUAL_STATES.map((state, index) => [state, index]));
const EFFECTIVE_INDEX = new Map(EFFECTIVE_STATES.map((state, index) => [state, index]));
const LEVEL_INDEX = new Map(LEVELS.map((level, index) => [level, index]));

/** Packs rows; `unpackRows` gives back equal ones. About a million rows a second where texts repeat. */
export function packRows(rows: readonly AlarmRow[]): PackedRows {
  const dictionary = createDictionary();
  const ints = new Int32Array(rows.length * INT_COLUMNS);
  const times = new Float64Array(rows.length * TIME_COLUMNS);
  const names: string[] = new Array(rows.length);
  for (let row = 0; row < rows.length; row += 1) {
    const source = rows[row];
    if (source === undefined) throw new InvariantError('a list of rows holds no gap');
    names[row] = source.name;
    packInts(source, dictionary, ints, row * INT_COLUMNS);
    packTimes(source, times, row * TIME_COLUMNS);
  }
  return { count: rows.length, names, texts: dictionary.texts, ints, times };
}

/** The rows that were packed, in their order, each field exactly as it was. */
export function unpackRows(packed: PackedRows): AlarmRow[] {
  const rows: AlarmRow[] = [];
  for (let row = 0; row < packed.count; row += 1) rows.push(unpackRow(packed, row));
  return rows;
}

interface Dictionary {
  readonly texts: string[];
  indexOf(text: string | null): number;
}

function createDictionary(): Dictionary {
  const texts: string[] = [];
  const indexes = new Map<string, number>();
  return {
    texts,
    indexOf(text) {
      if (text === null) return -1;
      const known = indexes.get(text);
      if (known !== undefined) return known;
      indexes.set(text, texts.length);
      return texts.push(text) - 1;
    },
  };
}

function packInts(row: AlarmRow, dictionary: Dictionary, ints: Int32Array, at: number): void {
  const { simple, epics } = row.calls;
  ints[at] = flagsOf(row);
  ints[at + 1] = dictionary.indexOf(row.status);
  ints[at + 2] = dictionary.indexOf(row.location);
  ints[at + 3] = dictionary.indexOf(row.category);
  ints[at + 4] = dictionary.indexOf(row.acknowledgedBy);
  ints[at + 5] = dictionary.indexOf(row.shelvedBy);
  ints[at + 6] = dictionary.indexOf(row.shelfReason);
  ints[at + 7] = dictionary.indexOf(simple?.topic ?? null);
  ints[at + 8] = simple?.partition ?? 0;
  ints[at + 9] = dictionary.indexOf(epics?.topic ?? null);
  ints[at + 10] = epics?.partition ?? 0;
}

function packTimes(row: AlarmRow, times: Float64Array, at: number): void {
  times[at] = row.sinceAt ?? Number.NaN;
  times[at + 1] = row.acknowledgedAt ?? Number.NaN;
  times[at + 2] = row.shelvedUntilAt ?? Number.NaN;
  times[at + 3] = row.calls.simple?.offset ?? Number.NaN;
  times[at + 4] = row.calls.epics?.offset ?? Number.NaN;
}

function flagsOf(row: AlarmRow): number {
  const states =
    (indexIn(ACTUAL_INDEX, row.actual) << ACTUAL_SHIFT) |
    (indexIn(EFFECTIVE_INDEX, row.effective) << EFFECTIVE_SHIFT) |
    (indexIn(LEVEL_INDEX, row.level) << LEVEL_SHIFT);
  const claims =
    (row.isRegistered ? REGISTERED : 0) |
    (row.isLatching ? LATCHING : 0) |
    (row.canShelve ? SHELVABLE : 0) |
    (row.hasUndecodable ? UNDECODABLE : 0) |
    (row.isSinceExact ? SINCE_EXACT : 0);
  return states | claims | callFlagsOf(row.calls);
}

function callFlagsOf(calls: AlarmRow['calls']): number {
  return (calls.simple ? SIMPLE_CALL : 0) | (calls.epics ? EPICS_CALL : 0);
}

function indexIn<T>(indexes: ReadonlyMap<T, number>, value: T): number {
  const index = indexes.get(value);
  if (index === undefined) throw new InvariantError('every member of a closed union has an index');
  return index;
}

function unpackRow(packed: PackedRows, row: number): AlarmRow {
  const { ints, times } = packed;
  const at = row * INT_COLUMNS;
  const timesAt = row * TIME_COLUMNS;
  const flags = ints[at] ?? 0;
  return {
    name: nameAt(packed.names, row),
    actual: member(ACTUAL_STATES, (flags >> ACTUAL_SHIFT) & 0b11),
    effective: member(EFFECTIVE_STATES, (flags >> EFFECTIVE_SHIFT) & 0b1111),
    level: member(LEVELS, (flags >> LEVEL_SHIFT) & 0b111),
    status: textAt(packed.texts, ints[at + 1]),
    location: textAt(packed.texts, ints[at + 2]),
    category: textAt(packed.texts, ints[at + 3]),
    isRegistered: (flags & REGISTERED) !== 0,
    isLatching: (flags & LATCHING) !== 0,
    canShelve: (flags & SHELVABLE) !== 0,
    hasUndecodable: (flags & UNDECODABLE) !== 0,
    sinceAt: momentAt(times[timesAt]),
    isSinceExact: (flags & SINCE_EXACT) !== 0,
    acknowledgedBy: nullableTextAt(packed.texts, ints[at + 4]),
    acknowledgedAt: momentAt(times[timesAt + 1]),
    shelvedUntilAt: momentAt(times[timesAt + 2]),
    shelvedBy: nullableTextAt(packed.texts, ints[at + 5]),
    shelfReason: nullableTextAt(packed.texts, ints[at + 6]),
    calls: unpackCalls(packed, flags, at, timesAt),
  };
}

function unpackCalls(
  packed: PackedRows,
  flags: number,
  at: number,
  timesAt: number,
): AlarmRow['calls'] {
  const simple = (flags & SIMPLE_CALL) === 0 ? undefined : positionAt(packed, at + 7, timesAt + 3);
  const epics = (flags & EPICS_CALL) === 0 ? undefined : positionAt(packed, at + 9, timesAt + 4);
  if (simple === undefined) return epics === undefined ? {} : { epics };
  return epics === undefined ? { simple } : { simple, epics };
}

function positionAt(packed: PackedRows, intAt: number, timeAt: number): RecordPosition {
  return {
    topic: textAt(packed.texts, packed.ints[intAt]),
    partition: packed.ints[intAt + 1] ?? 0,
    offset: packed.times[timeAt] ?? 0,
  };
}

function nameAt(names: readonly string[], row: number): AlarmName {
  const name = names[row];
  if (name === undefined) throw new InvariantError(`packed rows hold no name for row ${row}`);
  return alarmName(name);
}

function textAt(texts: readonly string[], index: number | undefined): string {
  const text = index === undefined ? undefined : texts[index];
  if (text === undefined) throw new InvariantError(`packed rows hold no text ${String(index)}`);
  return text;
}

function nullableTextAt(texts: readonly string[], index: number | undefined): string | null {
  return index === -1 ? null : textAt(texts, index);
}

function momentAt(value: number | undefined): EpochMs | null {
  return value !== undefined && isMoment(value) ? value : null;
}

/** Only moments were packed: cutting each to the range of dates again would cost a third of the unpacking. */
function isMoment(value: number): value is EpochMs {
  return !Number.isNaN(value);
}

function member<T>(members: readonly T[], index: number): T {
  const found = members[index];
  if (found === undefined) throw new InvariantError(`packed rows name no member ${index}`);
  return found;
}
