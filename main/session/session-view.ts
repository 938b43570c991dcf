import type { Identity } from '../../core/audit/audit.ts';
import type { SessionView } from '../../ipc/contract.ts';
import { plainProblem } from '../alarm-feed/plain-phase.ts';
import type { SessionState } from './console-session.ts';
import { addressOf, type LogProfile, profileNameOf } from './log-profile.ts';

/** What stays the same as long as the console runs, and what the user has chosen. */
export interface SessionFacts {
  readonly profile: LogProfile;
  readonly version: string;
  readonly identity: Identity;
  readonly documentBase: string;
  readonly notices: readonly string[];
}

/** The session as a window shows it. */
export function sessionView(state: SessionState, facts: SessionFacts): SessionView {
  const { profile, version, documentBase } = facts;
  const { user, producer, host } = facts.identity;
  return {
    version,
    profile: profileNameOf(profile),
    log: profile.log === 'embedded' ? 'embedded' : 'kafka',
    address: addressOf(profile),
    identity: { user, producer, host },
    topics: state.topics.map(({ topic, finding, message }) => ({ topic, finding, message })),
    missing: [...state.missing],
    problem: state.problem === null ? null : plainProblem(state.problem),
    documentBase,
    notices: [...facts.notices, ...state.notices],
  };
}
