import { type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import type { FeedStatus } from '../../../ipc/contract.ts';
import { useStores } from '../../stores/stores.tsx';
import { Button } from '../../ui/button.tsx';
import { alarmsText } from '../../ui/time-text.ts';
import { phaseProblem } from './phase-view.ts';

/** What the operator must know before reading anything else: the problem and its remedy, what is missing, what holds for this log. */
export function Banners(): ReactElement {
  return (
    <div className="banners">
      <ProblemBanner />
      <TopicsPanel />
      <Notices />
    </div>
  );
}

function ProblemBanner(): ReactElement | null {
  const { feed, session } = useStores();
  const status = useStore(feed, (state) => state.status);
  const feedProblem = useStore(feed, (state) => state.problem);
  const sessionProblem = useStore(session, (state) => state.session?.problem ?? null);
  const answer = useStore(session, (state) => state.problem);
  const problem = phaseProblem(status) ?? sessionProblem;
  if (problem === null && feedProblem === null && answer === null) return null;
  return (
    <section className="banner banner-problem" role="alert" aria-label="Problem">
      {problem === null ? null : (
        <p>
          <b>{problem.message}</b> {problem.remedy}
        </p>
      )}
      {[feedProblem, answer].map((text) => (text === null ? null : <p key={text}>{text}</p>))}
    </section>
  );
}

function TopicsPanel(): ReactElement | null {
  const { session } = useStores();
  const missing = useStore(session, (state) => state.session?.missing ?? null);
  const address = useStore(session, (state) => state.session?.address ?? '');
  const isCreating = useStore(session, (state) => state.isCreatingTopics);
  if (missing === null || missing.length === 0) return null;
  return (
    <section className="banner banner-topics" aria-label="Missing topics">
      <div>
        <p>
          <b>{address} does not have everything that Klaxon reads and writes.</b> Missing:
        </p>
        <ul>
          {missing.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
        <p>Nothing is created without your word. Records that exist stay as they are.</p>
      </div>
      <Button
        kind="primary"
        reasonOff={isCreating ? 'They are being created.' : null}
        onPress={() => void session.topicsWanted()}
      >
        {isCreating ? 'Creating topics…' : 'Create topics'}
      </Button>
    </section>
  );
}

function useNotices(): readonly string[] {
  const { feed, session } = useStores();
  const status = useStore(feed, (state) => state.status);
  const view = useStore(session, (state) => state.session);
  const findings = view?.topics.filter((one) => one.finding === 'warning') ?? [];
  return [
    ...(status === null ? [] : statusNotices(status)),
    ...findings.map((one) => one.message),
    ...(view?.notices ?? []),
  ];
}

function statusNotices(status: FeedStatus): readonly string[] {
  const isDeafToPast = status.phase.phase === 'live' && !status.isKeeperSeen;
  return [
    ...(isDeafToPast ? [NO_KEEPER] : []),
    ...status.warnings,
    ...(status.disagreements > 0 ? [disagreementText(status.disagreements)] : []),
  ];
}

const NO_KEEPER =
  'No keeper runs: a latching alarm that rose and returned before this console began to read may be missing.';

function disagreementText(disagreements: number): string {
  return `${alarmsText(disagreements)} taken over from the keeper, because it knew more than this console.`;
}

function Notices(): ReactElement | null {
  const notices = useNotices();
  const [isOpen, setIsOpen] = useState(false);
  const [first, ...others] = [...new Set(notices)];
  if (first === undefined) return null;
  return (
    <section className="banner banner-notice" aria-label="Notices">
      <div>
        <p>{first}</p>
        {isOpen ? others.map((text) => <p key={text}>{text}</p>) : null}
      </div>
      {others.length === 0 ? null : (
        <Button kind="quiet" onPress={() => setIsOpen(!isOpen)}>
          {isOpen ? 'Fewer' : `${others.length} more`}
        </Button>
      )}
    </section>
  );
}
