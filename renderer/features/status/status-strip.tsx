import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { AlarmCounts } from '../../../core/effective-state/counts.ts';
import { useNow, useReasonNotLive, useStores } from '../../stores/stores.tsx';
import { ageText, clockText, count, zoneText } from '../../ui/time-text.ts';
import { type PhaseView, phaseView } from './phase-view.ts';

/** What each count does when it is clicked. */
export type CountName = Exclude<keyof AlarmCounts, 'registered' | 'notRegistered'> | 'quarantined';

/** What the status strip needs. */
export interface StatusStripProps {
  readonly onCount: (name: CountName) => void;
  /** The count whose filter is on. */
  readonly pressed: CountName | null;
}

/** The top of the window: how the watch stands, how many alarms are in which state, who watches what. */
export function StatusStrip({ onCount, pressed }: StatusStripProps): ReactElement {
  return (
    <header className="status-strip">
      <PhaseBadge />
      <Counts onCount={onCount} pressed={pressed} />
      <Who />
    </header>
  );
}

function PhaseBadge(): ReactElement {
  const { feed, ticker } = useStores();
  const status = useStore(feed, (state) => state.status);
  const nowAt = useStore(ticker, (state) => state.nowAt);
  const view = phaseView(status, nowAt);
  return (
    <div className={`phase phase-${view.id}`}>
      <PhaseShape id={view.id} />
      <span role="status" data-phase={view.id} aria-label="State of the watch">
        <b>{view.word}</b>{' '}
        <span aria-hidden="true" className="phase-figures" title={view.figures}>
          {view.figures}
        </span>
      </span>
      <Freshness />
    </div>
  );
}

function Freshness(): ReactElement | null {
  const { feed } = useStores();
  const lag = useStore(feed, (state) => state.status?.lag ?? null);
  const lastRecordAt = useStore(feed, (state) => state.status?.lastRecordAt ?? null);
  const phase = useStore(feed, (state) => state.status?.phase.phase);
  const nowAt = useNow();
  if (lag === null) return null;
  // How far behind it is, a console that hears nothing cannot know.
  const isHeard = phase === 'live' || phase === 'replaying';
  const parts = [
    isHeard ? `lag ${count(lag)}` : '',
    lastRecordAt === null ? '' : `last record ${ageText(nowAt - lastRecordAt)} ago`,
    lastRecordAt === null && phase === 'live' ? 'no record yet' : '',
  ];
  return <small className="freshness">{parts.filter((part) => part !== '').join(' · ')}</small>;
}

/** Each phase has a shape of its own: disc, ring with a wedge, dashed ring, hourglass, cross. */
function PhaseShape({ id }: { readonly id: PhaseView['id'] }): ReactElement {
  return (
    <svg viewBox="0 0 14 14" className="phase-shape" aria-hidden="true">
      {phaseDrawing(id)}
    </svg>
  );
}

function phaseDrawing(id: PhaseView['id']): ReactElement {
  switch (id) {
    case 'live':
      return <circle cx="7" cy="7" r="5.5" fill="currentColor" />;
    case 'replaying':
      return (
        <>
          <circle cx="7" cy="7" r="5.5" className="line" />
          <path d="M7 7V1.5A5.5 5.5 0 0 1 12.5 7Z" fill="currentColor" />
        </>
      );
    case 'connecting':
      return <circle cx="7" cy="7" r="5.5" className="line" strokeDasharray="3 2.2" />;
    case 'stale':
      return <path d="M2.5 1.5h9L7 7l4.5 5.5h-9L7 7Z" className="line" />;
    case 'failed':
      return <path d="M2.5 2.5l9 9M11.5 2.5l-9 9" className="line" strokeWidth="2.6" />;
  }
}

interface CountButton {
  readonly name: CountName;
  readonly text: string;
  /** Shown even when nothing is in it. */
  readonly isAlways: boolean;
}

const COUNTS: readonly CountButton[] = [
  { name: 'unacknowledged', text: 'unacknowledged', isAlways: true },
  { name: 'returned', text: 'returned', isAlways: true },
  { name: 'acknowledged', text: 'acknowledged', isAlways: true },
  { name: 'shelved', text: 'shelved', isAlways: true },
  { name: 'suppressed', text: 'suppressed', isAlways: false },
  { name: 'outOfService', text: 'out of service', isAlways: false },
  { name: 'normal', text: 'normal', isAlways: true },
  { name: 'undecodable', text: 'undecodable', isAlways: true },
  { name: 'quarantined', text: 'in quarantine', isAlways: false },
];

/** What a press leads to, where the word alone does not say it. */
const COUNT_TITLES: Readonly<Partial<Record<CountName, string>>> = {
  returned: 'Returned to normal before anybody acknowledged them',
  shelved: 'Opens the shelf',
  normal: 'Shows them among the definitions',
  undecodable:
    'Alarms of which it is not known how they stand: opens the quarantine of their records',
  quarantined: 'Records that cannot be decoded: opens the quarantine',
};

function Counts({ onCount, pressed }: StatusStripProps): ReactElement | null {
  const { feed } = useStores();
  const counts = useStore(feed, (state) => state.counts);
  const isComplete = useStore(feed, (state) => state.isComplete);
  const notLive = useReasonNotLive();
  const quarantined = useStore(feed, (state) => state.status?.quarantined ?? 0);
  if (counts === null) return null;
  const values = { ...counts, quarantined };
  const isKnown = isComplete && (notLive === null || counts.registered + counts.notRegistered > 0);
  return (
    <fieldset className="counts" aria-label="Alarms by state">
      {COUNTS.filter(({ name, isAlways }) => isAlways || values[name] > 0).map(({ name, text }) => (
        <button
          type="button"
          key={name}
          className={`count count-${name}${values[name] > 0 ? ' count-some' : ''}`}
          aria-pressed={pressed === name}
          title={notLive ?? COUNT_TITLES[name]}
          data-count={name}
          onClick={() => onCount(name)}
        >
          <b>{isKnown || values[name] > 0 ? count(values[name]) : '–'}</b> {text}
        </button>
      ))}
    </fieldset>
  );
}

function Who(): ReactElement {
  const session = useStore(useStores().session, (state) => state.session);
  return (
    <div className="who">
      {session === null ? null : (
        <span title={`${session.log} log at ${session.address} · Klaxon ${session.version}`}>
          {session.profile} · {session.identity.user}@{session.identity.host}
        </span>
      )}
      <WallClock />
    </div>
  );
}

function WallClock(): ReactElement {
  const nowAt = useNow();
  return (
    <time title="The log's time">
      {clockText(nowAt)} <small>{zoneText(-new Date(nowAt).getTimezoneOffset())}</small>
    </time>
  );
}
