import type { SessionView } from '../../ipc/contract.ts';

/** A session on the embedded log with everything in place. */
export function aSessionView(overrides: Partial<SessionView> = {}): SessionView {
  return {
    version: '0.1.0',
    profile: 'embedded',
    log: 'embedded',
    address: 'the log inside the console',
    identity: { user: 'operator', producer: 'klaxon-console', host: 'console1' },
    topics: [],
    missing: [],
    problem: null,
    documentBase: '',
    notices: [],
    ...overrides,
  };
}
