import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { AlarmIndex } from './alarm-index.ts';
import type { CommandState } from './command-store.ts';

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

/** What can be done with the selected alarms; `notLive` turns everything off (decision 8). */
export function offersFor(rows: readonly AlarmRow[], notLive: string | null): Offers {
  return {
    acknowledge: offer(rows, isUnanswered, notLive, 'is unacknowledged'),
    shelve: offer(rows, (row) => row.canShelve, notLive, 'may be shelved'),
    unshelve: offer(rows, (row) => row.effective === 'shelved', notLive, 'is shelved'),
  };
}

/** What the operator's last command did and can still be taken back. */
export function undoOffer(
  undoable: CommandState['undoable'],
  index: AlarmIndex,
  notLive: string | null,
): Offer {
  if (notLive !== null) return { rows: [], reasonOff: notLive };
  if (undoable === null) return { rows: [], reasonOff: 'You have done nothing yet to take back.' };
  const now = undoable.rows.flatMap((row) => index.rowOf(row.name) ?? []);
  const rows = now.filter((row) =>
    undoable.verb === 'shelve' ? row.effective === 'shelved' : row.actual === 'acknowledged',
  );
  const reasonOff = 'Your last action can no longer be taken back.';
  return { rows, reasonOff: rows.length > 0 ? null : reasonOff };
}

/** The rows of the selected names, those that still exist. */
export function rowsOf(index: AlarmIndex, names: Iterable<string>): readonly AlarmRow[] {
  return [...names].flatMap((name) => index.rowOf(name) ?? []);
}

function isUnanswered(row: AlarmRow): boolean {
  return row.actual === 'unacknowledged' || row.actual === 'returnedToNormalUnacknowledged';
}

function offer(
  rows: readonly AlarmRow[],
  isFit: (row: AlarmRow) => boolean,
  notLive: string | null,
  claim: string,
): Offer {
  if (notLive !== null) return { rows: [], reasonOff: notLive };
  if (rows.length === 0) return { rows: [], reasonOff: 'Select an alarm first.' };
  const fit = rows.filter(isFit);
  const none = rows.length === 1 ? `This alarm ${negated(claim)}.` : `No selected alarm ${claim}.`;
  return { rows: fit, reasonOff: fit.length > 0 ? null : none };
}

function negated(claim: string): string {
  return claim.replace(/^(is|may) /, '$1 not ');
}
