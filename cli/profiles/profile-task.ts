import type { ProfileProblem } from '../../adapters/profiles/profile-problem.ts';
import type { CommandCall } from '../command/command.ts';
import { failed, misused, type Outcome } from '../command/outcome.ts';

/** What a deed works on. */
export interface ProfileTask {
  readonly call: CommandCall;
  /** The file of profiles. */
  readonly path: string;
  /** As it was typed; empty where the deed has none. */
  readonly name: string;
}

/** A wrong name or field is the command line’s fault, a file that cannot be used is not. */
export function profileFailed(problem: ProfileProblem): Outcome {
  const { code, message, remedy } = problem;
  return code === 'FileDamaged' || code === 'FileUnusable' || code === 'FileInUse'
    ? failed(problem)
    : misused(message, remedy);
}
