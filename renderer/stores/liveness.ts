import type { FeedState } from './feed-store.ts';

/** Why no command may be sent now, in one sentence; null while the console is live (decision 8). */
export function reasonNotLive(state: FeedState): string | null {
  const phase = state.status?.phase;
  if (phase === undefined) return 'Not live: the console has not heard from the log yet.';
  switch (phase.phase) {
    case 'live':
      return null;
    case 'connecting':
      return 'Not live: connecting to the log. What is shown may be out of date.';
    case 'replaying':
      return 'Not live: still reading the log. What is shown is not yet the present state.';
    case 'stale':
      return 'Not live: nothing has been heard from the log for a while. What is shown may be out of date.';
    case 'failed':
      return `Not live: ${phase.problem.message}`;
  }
}
