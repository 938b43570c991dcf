import type { AlarmState } from '../alarm/alarm-state.ts';
import type { AlarmOrder } from '../alarm/orders.ts';
import { isRegistrationUnreadable } from '../effective-state/actual-state.ts';
import { failure, ok, type Result } from '../lib/result.ts';
import { type EpochMs, epochMs } from '../lib/units.ts';
import type { RefusalReason } from '../refusals.ts';
import { shelfInForce } from './shelf-in-force.ts';

/** An operator's wish to hide an alarm for a time. `untilAt` null = until somebody unshelves. */
export interface ShelveCommand {
  readonly untilAt: EpochMs | null;
  readonly reason: string;
}

/**
 * The record that shelves an alarm. Shelving one that is shelved already replaces its end and reason.
 * Refused: `ReasonRequired`, `LimitUnknown` (its registration cannot be decoded), `ShelvingForbidden` (limit 0), `EndRequired` (no end, though there is a limit), `EndInPast`,
 * `DurationOverLimit` (the limit of the alarm's registration, in seconds from `now`; decision 7).
 */
export function decideShelve(
  state: AlarmState,
  command: ShelveCommand,
  now: EpochMs,
): Result<readonly AlarmOrder[], RefusalReason> {
  const alarm = state.name;
  const reason = command.reason.trim();
  if (isRegistrationUnreadable(state)) return failure({ code: 'LimitUnknown', alarm });
  const limitSeconds = state.registration?.says.maxShelvedSeconds ?? null;
  if (limitSeconds !== null && limitSeconds <= 0)
    return failure({ code: 'ShelvingForbidden', alarm });
  if (reason === '') return failure({ code: 'ReasonRequired', alarm });
  const refusal = refuseEnd(state, command.untilAt, limitSeconds, now);
  if (refusal !== null) return failure(refusal);
  return ok([order(state, command.untilAt, reason)]);
}

/** The record that ends a shelf now. Refused: `NotShelved`. */
export function decideUnshelve(
  state: AlarmState,
  now: EpochMs,
): Result<readonly AlarmOrder[], RefusalReason> {
  const inForce = shelfInForce(state.shelf, state.registration?.says ?? null, now);
  if (inForce === null) return failure({ code: 'NotShelved', alarm: state.name });
  return ok([{ name: state.name, fact: { fact: 'unshelved' } }]);
}

function refuseEnd(
  state: AlarmState,
  untilAt: EpochMs | null,
  limitSeconds: number | null,
  now: EpochMs,
): RefusalReason | null {
  const alarm = state.name;
  if (untilAt === null)
    return limitSeconds === null ? null : { code: 'EndRequired', alarm, limitSeconds };
  if (untilAt <= now) return { code: 'EndInPast', alarm };
  if (limitSeconds === null) return null;
  const latestAt = epochMs(now + limitSeconds * 1_000);
  return untilAt > latestAt
    ? { code: 'DurationOverLimit', alarm, limitSeconds, at: latestAt }
    : null;
}

function order(state: AlarmState, expiresAt: EpochMs | null, reason: string): AlarmOrder {
  return { name: state.name, fact: { fact: 'shelved', shelf: { expiresAt, reason } } };
}
