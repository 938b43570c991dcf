import type { ReactElement, ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { Entry } from '../stores/command-store.ts';
import { useStores, useTimeText } from '../stores/stores.tsx';
import type { GridColumn } from './grid-row.tsx';
import { LevelShape } from './level-shape.tsx';
import { LEVEL_PRESENTATION, STATE_PRESENTATION } from './presentation.ts';
import { ageText, fullTimeText, shortTimeText, sinceText, timeLeftText } from './time-text.ts';

/** The columns that every list of alarms is made of. */
export const SHAPE_COLUMN: GridColumn = {
  id: 'shape',
  title: 'Shape',
  draw: (row) => <LevelShape level={row.level} state={row.effective} />,
};
export const LEVEL_COLUMN: GridColumn = {
  id: 'level',
  title: 'Level',
  sort: 'level',
  draw: (row) => <LevelWord row={row} />,
};
export const NAME_COLUMN: GridColumn = {
  id: 'name',
  title: 'Alarm',
  sort: 'name',
  draw: (row) => <NameCell row={row} />,
};
export const LOCATION_COLUMN: GridColumn = {
  id: 'location',
  title: 'Location',
  sort: 'location',
  draw: (row) => cutText(row.location),
};
export const CATEGORY_COLUMN: GridColumn = {
  id: 'category',
  title: 'Category',
  sort: 'category',
  draw: (row) => cutText(row.category),
};
export const SINCE_COLUMN: GridColumn = {
  id: 'since',
  title: 'Since',
  sort: 'since',
  draw: (row) => <SinceCell row={row} />,
};
export const AGE_COLUMN: GridColumn = {
  id: 'age',
  title: 'Age',
  draw: (row) => <AgeCell row={row} />,
};
export const STATE_COLUMN: GridColumn = {
  id: 'state',
  title: 'State',
  sort: 'state',
  draw: (row) => <StateCell row={row} />,
};
export const BY_COLUMN: GridColumn = {
  id: 'by',
  title: 'By',
  sort: 'by',
  draw: (row) => cutText(row.effective === 'shelved' ? row.shelvedBy : row.acknowledgedBy),
};

/** Text, or a dim dash that says that there is none. */
export function orDash(text: string | null): ReactNode {
  return text === null || text === '' ? <span className="dim">–</span> : text;
}

/** Text that a narrow column may cut: whole in its tool tip. */
export function cutText(text: string | null): ReactNode {
  return text === null || text === '' ? orDash(text) : <span title={text}>{text}</span>;
}

/** The level in its colour; of a returned alarm struck through, since it is no more. */
function LevelWord({ row }: { readonly row: AlarmRow }): ReactElement {
  const { word, token } = LEVEL_PRESENTATION[row.level];
  return <span className={`level-word tone-${token}`}>{word}</span>;
}

function NameCell({ row }: { readonly row: AlarmRow }): ReactElement {
  return (
    <>
      <span className="name-text" title={nameTitle(row)}>
        {row.name}
      </span>
      {row.status === '' ? null : <span className="dim status-text">{row.status}</span>}
      {row.isLatching ? <LatchingTag /> : null}
      {row.isRegistered ? null : <span className="tag">not registered</span>}
      {row.hasUndecodable && row.effective !== 'undecodable' ? (
        <span className="tag tag-bad">undecodable record</span>
      ) : null}
    </>
  );
}

/** Name and status: in a narrow list the one is cut and the other has no room. */
function nameTitle({ name, status }: AlarmRow): string {
  return status === '' ? name : `${name} (${status})`;
}

/** A padlock: it stays until it is acknowledged. */
function LatchingTag(): ReactElement {
  return (
    <span className="tag tag-latching" title="Latching: stays until it is acknowledged">
      <svg viewBox="0 0 10 11" className="line" aria-hidden="true">
        <path d="M1.2 5h7.6v5H1.2ZM2.8 5V3.2a2.2 2.2 0 0 1 4.4 0V5" />
      </svg>
      latching
    </span>
  );
}

function SinceCell({ row: { sinceAt, isSinceExact } }: { readonly row: AlarmRow }): ReactNode {
  const text = useTimeText((nowAt) => (sinceAt === null ? '' : sinceText(sinceAt, nowAt)));
  if (sinceAt === null) return orDash(null);
  const title = isSinceExact
    ? fullTimeText(sinceAt)
    : `Not later than ${fullTimeText(sinceAt)}: its beginning is no longer in the log`;
  return (
    <span title={title}>
      {isSinceExact ? '' : '≤ '}
      {text}
    </span>
  );
}

function AgeCell({ row: { sinceAt } }: { readonly row: AlarmRow }): ReactNode {
  return orDash(useTimeText((nowAt) => (sinceAt === null ? '' : ageText(nowAt - sinceAt))));
}

function StateCell({ row }: { readonly row: AlarmRow }): ReactElement {
  const { commands } = useStores();
  const entry = useStore(commands, (state) => state.entries.get(row.name));
  const text = useTimeText((nowAt) => stateText(row, nowAt));
  const command = entry === undefined ? null : commandText(entry);
  if (command === null) return <span title={text}>{text}</span>;
  return (
    <span
      className={`command command-${entry?.state ?? ''}`}
      title={`${command}; shown by the log: ${text}`}
    >
      {command}
    </span>
  );
}

/** The state in words, with the time that belongs to it. */
export function stateText(row: AlarmRow, nowAt: number): string {
  const { word } = STATE_PRESENTATION[row.effective];
  if (row.effective === 'acknowledged' && row.acknowledgedAt !== null) {
    return `${word} ${shortTimeText(row.acknowledgedAt, nowAt)}`;
  }
  if (row.effective !== 'shelved') return word;
  return row.shelvedUntilAt === null
    ? 'shelved until unshelved'
    : `shelved, ${timeLeftText(row.shelvedUntilAt - nowAt)} left`;
}

const DOING: Readonly<Record<Entry['command']['verb'], string>> = {
  acknowledge: 'acknowledging…',
  unacknowledge: 'taking back…',
  shelve: 'shelving…',
  unshelve: 'unshelving…',
};

/** What is told of a command in place of the state; null where the state itself has the word. */
export function commandText(entry: Entry): string | null {
  switch (entry.state) {
    case 'pending':
      return `${DOING[entry.command.verb]} pending`;
    case 'unconfirmed':
      // The word that matters stands first, where no narrow column cuts it.
      return `unconfirmed: ${DOING[entry.command.verb]}`;
    case 'refused':
    case 'done':
      return null;
  }
}
