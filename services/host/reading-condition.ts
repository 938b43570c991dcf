import type { AlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import { type DurationMs, durationMs } from '../../core/lib/units.ts';
import type { LogPhase } from '../../core/ports/alarm-log.ts';
import { SKEW_MS } from './clock-skew.ts';
import type { ServiceCondition } from './service-definition.ts';

/** How a service that folds the alarm topics stands. */
export interface ReadingCondition {
  readonly phase: LogPhase;
  /** Everything up to the head is read, and it goes on: only then the service writes. */
  readonly isReady: boolean;
  /** How far the reading is from the end of the log, in offsets. */
  readonly lag: number;
  /** Records that cannot be decoded. */
  readonly quarantined: number;
  /** Broker's time minus this computer's. */
  readonly clockOffsetMs: DurationMs;
}

/** What a person who watches the service should know of its reading. */
export type ReadingNotice =
  | { readonly notice: 'phase'; readonly phase: LogPhase }
  /** The clocks differ by more than five seconds, or no longer do. Broker's time minus this computer's. */
  | { readonly notice: 'clockSkew'; readonly isSkewed: boolean; readonly offsetMs: DurationMs };

/** Before there is anything to read. */
export const NOT_READING: ReadingCondition = {
  phase: { phase: 'connecting', attempt: 1 },
  isReady: false,
  lag: 0,
  quarantined: 0,
  clockOffsetMs: durationMs(0),
};

/** How the reader stands, in a service's words. */
export function readingCondition(reader: AlarmReader): ReadingCondition {
  const { phase, lag, clockOffsetMs } = reader.status();
  const isReady = isAtWork(reader);
  return { phase, isReady, lag, quarantined: reader.quarantine.count, clockOffsetMs };
}

/** Whether everything is read and the reading goes on: what is decided now is decided on the whole log. */
export function isAtWork(reader: AlarmReader): boolean {
  return reader.isAtHead && reader.status().phase.phase === 'live';
}

/** The condition as the status pages have it, with what else the service counts. */
export function pagedCondition(
  condition: ReadingCondition,
  counted: Readonly<Record<string, number>> = {},
): ServiceCondition {
  const { phase, isReady, clockOffsetMs, lag, quarantined } = condition;
  const gauges = { lag_records: lag, quarantined_records: quarantined, ...counted };
  return { phase, isReady, clockOffsetMs, gauges };
}

/** Tells a change of phase, and of whether the clocks differ, once each. */
export function createReadingTeller(
  onNotice: (notice: ReadingNotice) => void,
): (condition: Pick<ReadingCondition, 'phase' | 'clockOffsetMs'>) => void {
  let told = '';
  let wasSkewed = false;
  return ({ phase, clockOffsetMs }) => {
    if (phase.phase !== told) {
      told = phase.phase;
      onNotice({ notice: 'phase', phase });
    }
    const isSkewed = Math.abs(clockOffsetMs) > SKEW_MS;
    if (isSkewed === wasSkewed) return;
    wasSkewed = isSkewed;
    onNotice({ notice: 'clockSkew', isSkewed, offsetMs: clockOffsetMs });
  };
}
