import type { FeedStatus } from '../../../ipc/contract.ts';
import { ageText, count } from '../../ui/time-text.ts';

/** How a phase is shown: word, shape, colour, and the figures that go with it. */
export interface PhaseView {
  readonly id: 'connecting' | 'replaying' | 'live' | 'stale' | 'failed';
  readonly word: string;
  readonly figures: string;
}

/** The phase of the watch in words; `nowAt` is this computer's time, which `sinceAt` counts in. */
export function phaseView(status: FeedStatus | null, nowAt: number): PhaseView {
  const phase = status?.phase;
  switch (phase?.phase) {
    case undefined:
      return { id: 'connecting', word: 'CONNECTING', figures: '' };
    case 'connecting': {
      const figures = phase.attempt > 1 ? `attempt ${count(phase.attempt)}` : '';
      return { id: 'connecting', word: 'CONNECTING', figures };
    }
    case 'replaying':
      return {
        id: 'replaying',
        word: 'REPLAYING',
        figures: `${count(phase.read)} of ${count(phase.total)}`,
      };
    case 'live':
      return { id: 'live', word: 'LIVE', figures: '' };
    case 'stale':
      return { id: 'stale', word: 'STALE', figures: `for ${ageText(nowAt - phase.sinceAt)}` };
    case 'failed':
      return { id: 'failed', word: 'FAILED', figures: phase.problem.message };
  }
}

/** The problem that goes with the phase, if there is one. */
export function phaseProblem(
  status: FeedStatus | null,
): { readonly message: string; readonly remedy: string; readonly isRetriable: boolean } | null {
  const phase = status?.phase;
  return phase !== undefined && 'problem' in phase ? (phase.problem ?? null) : null;
}
