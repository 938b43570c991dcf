import { assertNever } from '../../core/lib/invariant.ts';
import type { LogPhase, LogProblem } from '../../core/ports/alarm-log.ts';
import type { FeedStatus, SessionView } from '../../ipc/contract.ts';

/** The phase with the fields of the contract and no other: adapters may know more of a problem than a window is told. */
export function plainPhase(phase: LogPhase): FeedStatus['phase'] {
  switch (phase.phase) {
    case 'connecting':
      return { phase: 'connecting', attempt: phase.attempt, ...problemOf(phase.problem) };
    case 'replaying':
      return { phase: 'replaying', read: phase.read, total: phase.total };
    case 'live':
      return { phase: 'live' };
    case 'stale':
      return { phase: 'stale', sinceAt: phase.sinceAt, ...problemOf(phase.problem) };
    case 'failed':
      return { phase: 'failed', problem: plainProblem(phase.problem) };
    default:
      return assertNever(phase);
  }
}

/** The problem with the fields of the contract and no other. */
export function plainProblem(problem: {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly isRetriable: boolean;
}): NonNullable<SessionView['problem']> {
  const { code, message, remedy, isRetriable } = problem;
  return { code, message, remedy, isRetriable };
}

function problemOf(problem: LogProblem | undefined) {
  return problem === undefined ? {} : { problem: plainProblem(problem) };
}
