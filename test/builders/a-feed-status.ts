import type { FeedStatus } from '../../ipc/contract.ts';

/** The status of a watch that is live and has nothing to complain about. */
export function aFeedStatus(overrides: Partial<FeedStatus> = {}): FeedStatus {
  return {
    phase: { phase: 'live' },
    lag: 0,
    lastRecordAt: 1_767_225_599_000,
    clockOffsetMs: 0,
    quarantined: 0,
    disagreements: 0,
    isKeeperSeen: true,
    warnings: [],
    ...overrides,
  };
}
