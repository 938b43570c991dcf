import type { ReactElement, ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AlarmRow } from '../../../core/effective-state/alarm-row.ts';
import type { AlarmDetail } from '../../../ipc/contract.ts';
import { useNow, useStores } from '../../stores/stores.tsx';
import { useAlarmRow } from '../../stores/use-sorted-view.ts';
import { stateText } from '../../ui/alarm-cells.tsx';
import { LevelShape } from '../../ui/level-shape.tsx';
import { LEVEL_PRESENTATION } from '../../ui/presentation.ts';
import {
  ageText,
  dayAndClockText,
  durationText,
  fullTimeText,
  sinceText,
} from '../../ui/time-text.ts';
import { CopyText } from './copy-text.tsx';
import { type DetailState, useAlarmDetail } from './use-alarm-detail.ts';

/** The id of the panel, which Enter in the table goes to. */
export const DETAIL_PANEL_ID = 'alarm-detail';

/** What the panel needs: the buttons on what is selected come from the frame. */
export interface DetailPanelProps {
  readonly actions: ReactNode;
  /** Esc: back to the table. */
  readonly onLeave: () => void;
}

/** All that is known of the selected alarm: state and why, actions, what to do, definition, records. */
export function DetailPanel({ actions, onLeave }: DetailPanelProps): ReactElement {
  const { selection } = useStores();
  const active = useStore(selection, (state) => state.active);
  const row = useAlarmRow(active);
  return (
    <aside
      className="detail"
      id={DETAIL_PANEL_ID}
      aria-label="Selected alarm"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onLeave();
      }}
    >
      {row === undefined ? (
        <p className="dim detail-none">
          {active === null
            ? 'No alarm is selected. Choose one to see why it is in its state and what to do.'
            : `${active} is no longer in the log.`}
        </p>
      ) : (
        <>
          <h2>
            <LevelShape level={row.level} state={row.effective} size="title" />
            <span>{row.name}</span>
          </h2>
          <DetailBody row={row} actions={actions} />
        </>
      )}
    </aside>
  );
}

function DetailBody(props: { readonly row: AlarmRow; readonly actions: ReactNode }): ReactElement {
  const { row, actions } = props;
  const detail = useAlarmDetail(row);
  return (
    <>
      <Why row={row} detail={detail} />
      {actions}
      {detail.state === 'failed' ? <p className="refusal-text">{detail.message}</p> : null}
      {detail.state === 'read' ? <Known detail={detail.detail} /> : null}
    </>
  );
}

function Why(props: { readonly row: AlarmRow; readonly detail: DetailState }): ReactElement {
  const { row, detail } = props;
  const nowAt = useNow();
  const { token } = LEVEL_PRESENTATION[row.level];
  const why = detail.state === 'read' ? detail.detail.why : [];
  // The first sentence says what the headline says already, unless something covers the alarm's own state.
  const sentences = row.effective === row.actual ? why.slice(1) : why;
  return (
    <div className={`why edge-${token}`}>
      <p>
        <b>{headSentence(row, nowAt)}</b>
      </p>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}

/** "MAJOR (HIHI), unacknowledged for 2 m, since 14:05:11.", "MAJOR since 12:40:03, acknowledged 12:41 by ben." */
export function headSentence(row: AlarmRow, nowAt: number): string {
  const status = row.status === '' ? '' : ` (${row.status})`;
  const level = `${LEVEL_PRESENTATION[row.level].word}${status}`;
  const state = stateText(row, nowAt);
  switch (row.effective) {
    case 'normal':
      return 'Normal.';
    case 'unacknowledged':
      return `${level}, ${state}${forHowLong(row, nowAt)}${since(row, nowAt, ', ')}.`;
    case 'returnedToNormalUnacknowledged':
      return `Returned to normal, unacknowledged: it was ${level}${since(row, nowAt)}.`;
    case 'acknowledged': {
      const by =
        row.acknowledgedBy === null ? '' : ` by ${row.acknowledgedBy || 'an unknown user'}`;
      return `${level}${since(row, nowAt)}, ${state}${by}.`;
    }
    case 'shelved':
    case 'undecodable':
    case 'onDelayed':
    case 'suppressedByDesign':
    case 'outOfService':
      // What covers the alarm's own state is said first; the sentences below it say the rest.
      return `${level}, ${state}.`;
  }
}

function forHowLong({ sinceAt }: AlarmRow, nowAt: number): string {
  return sinceAt === null ? '' : ` for ${ageText(nowAt - sinceAt)}`;
}

function since({ sinceAt, isSinceExact }: AlarmRow, nowAt: number, before = ' '): string {
  if (sinceAt === null) return '';
  return `${before}since ${sinceText(sinceAt, nowAt)}${isSinceExact ? '' : ' or earlier'}`;
}

function Known({ detail }: { readonly detail: AlarmDetail }): ReactElement {
  return (
    <>
      <Guidance detail={detail} />
      <Definition detail={detail} />
      <Records detail={detail} />
    </>
  );
}

function Guidance({ detail }: { readonly detail: AlarmDetail }): ReactElement {
  const base = useStore(
    useStores().session,
    (state) => state.preferences?.documentBase ?? state.session?.documentBase ?? '',
  );
  const document = detail.registration?.documentUrl ?? '';
  return (
    <section>
      <h3>What to do</h3>
      {document === '' ? (
        <p className="dim">No guidance document is registered for this alarm.</p>
      ) : (
        <CopyText text={resolved(base, document)} what="address of the guidance document" />
      )}
    </section>
  );
}

function resolved(base: string, document: string): string {
  if (base === '' || /^[a-z][a-z0-9+.-]*:/i.test(document)) return document;
  return `${base.replace(/\/+$/, '')}/${document.replace(/^\/+/, '')}`;
}

function Definition({ detail }: { readonly detail: AlarmDetail }): ReactElement {
  const known = detail.registration;
  if (known === null) {
    return (
      <section>
        <h3>Definition</h3>
        <p>Not registered. It can be acknowledged and shelved all the same.</p>
      </section>
    );
  }
  return (
    <section>
      <h3>Definition</h3>
      <dl>
        <dt>Source</dt>
        <dd>{known.source}</dd>
        <dt>Location</dt>
        <dd>{known.location}</dd>
        <dt>Category</dt>
        <dd>{known.category}</dd>
        <dt>Shelving</dt>
        <dd>{shelvingText(known.maxShelvedSeconds)}</dd>
        <dt>Latching</dt>
        <dd>{known.isLatching ? 'stays until acknowledged' : 'no'}</dd>
        <dt>Screen</dt>
        <dd>{known.screenPath === '' ? '–' : known.screenPath}</dd>
      </dl>
    </section>
  );
}

/** The limit of a registration in words. */
export function shelvingText(maxShelvedSeconds: number | null): string {
  if (maxShelvedSeconds === null) return 'no limit';
  return maxShelvedSeconds === 0
    ? 'may not be shelved'
    : `at most ${durationText(maxShelvedSeconds * 1_000)}`;
}

function Records({ detail }: { readonly detail: AlarmDetail }): ReactElement {
  const nowAt = useNow();
  return (
    <section>
      <h3>Records in the log</h3>
      {detail.records.length === 0 ? <p className="dim">None is left in the log.</p> : null}
      <ol className="records">
        {detail.records.map((record) => {
          const { topic, partition, offset } = record.position;
          const { user, producer, host } = record.audit;
          return (
            <li key={`${topic}/${partition}/${offset}`}>
              <time title={fullTimeText(record.writtenAt)}>
                {dayAndClockText(record.writtenAt, nowAt)}
              </time>
              <span>
                {record.text}
                <small>
                  {user ?? 'unknown user'} · {producer ?? 'unknown producer'} on{' '}
                  {host ?? 'unknown host'} · {topic}/{partition}/{offset}
                </small>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
