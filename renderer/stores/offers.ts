import { CALL_KINDS } from '../../core/alarm/call-kind.ts';
import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { AlarmIndex } from './alarm-index.ts';
import type { CommandState, CommandVerb } from './command-store.ts';

/** A command as it is offered now: the alarms that it would go to, or why it is off. */
export interface Offer {
  readonly rows: readonly AlarmRow[];
  readonly reasonOff: string | null;
}

/** The commands on what is selected. */
export interface Offers {
  readonly acknowledge: Offer;
  readonly shelve: Offer;
  readonly unshelve: Offer;
}

/** The commands of this window, by alarm. */
export type Entries = CommandState['entries'];

/** Why a command is off while its record is awaited. */
const ON_ITS_WAY = 'It is on its way: the list does not show its record yet.';

/**
 * What can be done with the selected alarms; `notLive` turns everything off (decision 8). What is on its way is not offered
 * once more: a second press would be refused, and the operator would read a refusal of what has just been done.
 */
export function offersFor(
  rows: readonly AlarmRow[],
  notLive: string | null,
  entries: Entries,
): Offers {
  const asked = { rows, notLive, entries };
  const unshelvable = rows.find((row) => !row.canShelve);
  const whyNot = unshelvable === undefined ? '' : `: ${whyNotShelvable(unshelvable)}`;
  return {
    acknowledge: offer(asked, 'acknowledge', isUnanswered, [
      'This alarm is not unacknowledged.',
      'No selected alarm is unacknowledged.',
    ]),
    shelve: offer(asked, 'shelve', (row) => row.canShelve, [
      `This alarm may not be shelved${whyNot}.`,
      'No selected alarm may be shelved.',
    ]),
    unshelve: offer(asked, 'unshelve', (row) => row.effective === 'shelved', [
      'This alarm is not shelved.',
      'No selected alarm is shelved.',
    ]),
  };
}

/** Why an alarm that may not be shelved may not. A registration that cannot be read forbids nothing, but its limit is unknown. */
export function whyNotShelvable(row: AlarmRow): string {
  return row.isRegistered
    ? 'its registration forbids it'
    : 'its registration cannot be decoded, so its limit is not known';
}

/** What the operator's last command did and can still be taken back. */
export function undoOffer(
  { undoable, entries }: CommandState,
  index: AlarmIndex,
  notLive: string | null,
): Offer {
  if (notLive !== null) return { rows: [], reasonOff: notLive };
  if (undoable === null) return { rows: [], reasonOff: 'You have done nothing yet to undo.' };
  const now = undoable.rows.flatMap((row) => index.rowOf(row.name) ?? []);
  const isShelving = undoable.verb === 'shelve';
  const standing = now.filter((row) =>
    isShelving ? row.effective === 'shelved' : row.actual === 'acknowledged',
  );
  const verb = isShelving ? 'unshelve' : 'unacknowledge';
  const rows = standing.filter((row) => !isOnItsWay(entries, row, verb));
  if (rows.length > 0) return { rows, reasonOff: null };
  const gone = 'Your last action can no longer be undone.';
  return { rows, reasonOff: standing.length > 0 ? ON_ITS_WAY : gone };
}

/** The rows of the selected names, those that still exist. */
export function rowsOf(index: AlarmIndex, names: Iterable<string>): readonly AlarmRow[] {
  return [...names].flatMap((name) => index.rowOf(name) ?? []);
}

function isUnanswered(row: AlarmRow): boolean {
  return row.actual === 'unacknowledged' || row.actual === 'returnedToNormalUnacknowledged';
}

function isOnItsWay(entries: Entries, row: AlarmRow, verb: CommandVerb): boolean {
  const entry = entries.get(row.name);
  if (entry?.command.verb !== verb) return false;
  if (entry.state === 'pending') return true;
  // That its record is back can be told before the row that shows it: what called is then still what was answered.
  const seen = entry.command.rows.find(({ name }) => name === row.name);
  return entry.state === 'done' && verb !== 'shelve' && isSameCall(seen, row);
}

function isSameCall(seen: AlarmRow | undefined, row: AlarmRow): boolean {
  return CALL_KINDS.every((kind) => seen?.calls[kind]?.offset === row.calls[kind]?.offset);
}

interface Asked {
  readonly rows: readonly AlarmRow[];
  readonly notLive: string | null;
  readonly entries: Entries;
}

function offer(
  { rows, notLive, entries }: Asked,
  verb: CommandVerb,
  isFit: (row: AlarmRow) => boolean,
  [oneIsNot, noneIs]: readonly [string, string],
): Offer {
  if (notLive !== null) return { rows: [], reasonOff: notLive };
  if (rows.length === 0) return { rows: [], reasonOff: 'Select an alarm first.' };
  const fit = rows.filter(isFit);
  const free = fit.filter((row) => !isOnItsWay(entries, row, verb));
  if (free.length > 0) return { rows: free, reasonOff: null };
  if (fit.length > 0) return { rows: [], reasonOff: ON_ITS_WAY };
  return { rows: [], reasonOff: rows.length === 1 ? oneIsNot : noneIs };
}
