import { openEmbeddedLog } from '../../adapters/embedded/embedded-log.ts';
import { createEmbeddedSchemaStore } from '../../adapters/embedded/embedded-schema-store.ts';
import { SHIPPED_SCHEMAS } from '../../adapters/embedded/shipped-schemas.ts';
import { offerLog } from '../../adapters/local-socket/offer-log.ts';
import type { Surroundings } from '../../adapters/local-socket/socket-place.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import type { AlarmLog } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';

/** A log that this process holds and offers, as a console does. */
export interface OfferedGround {
  readonly log: AlarmLog;
  readonly path: string;
  /** Why clients were cut off, so far. */
  readonly misbehaved: readonly string[];
  /** Ends the offer, and leaves the log open. */
  stopOffering(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the log in the folder and offers it; `offerClock` is the one by which clients are cut off. */
export async function holdAndOffer(
  folder: string,
  around?: Surroundings,
  offerClock?: Clock,
): Promise<OfferedGround> {
  const clock = createSystemClock();
  const opened = await openEmbeddedLog(folder, { clock, onNotice: () => undefined });
  if (!opened.ok) throw new Error(opened.error.message);
  const log = opened.value;
  const misbehaved: string[] = [];
  const offered = await offerLog(folder, {
    log,
    schemas: createEmbeddedSchemaStore(SHIPPED_SCHEMAS),
    clock: offerClock ?? clock,
    onMisbehaved: (reason) => misbehaved.push(reason),
    ...(around === undefined ? {} : { around }),
  });
  if (!offered.ok) throw new Error(offered.error.message);
  return {
    log,
    path: offered.value.path,
    misbehaved,
    stopOffering: () => offered.value.close(),
    async close() {
      await offered.value.close();
      await log.close();
    },
  };
}
