import type { AlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import { createAlarmWriter } from '../../adapters/alarm-writer/alarm-writer.ts';
import { isActive } from '../../core/alarm/alarm-state.ts';
import type { Identity } from '../../core/audit/audit.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { createKeeper } from '../../services/keeper/app.ts';
import { createShelfService } from '../../services/shelf/app.ts';
import {
  createSimulatedPlant,
  plantIdentity,
  type SimulatedPlant,
} from '../../services/simulated-plant/simulated-plant.ts';
import type { Logger } from '../logging/logger.ts';
import type { OpenedLog, Running } from './opened-log.ts';

export interface EmbeddedServicesOptions {
  readonly opened: OpenedLog;
  readonly clock: Clock;
  readonly identity: Identity;
  readonly logger: Logger;
  /** Null = no simulated plant. */
  readonly plantSeed: number | null;
  /** Calls once with the console's own reader when it has read everything. Answers how to stop waiting. */
  readonly whenRead: (callback: (reader: AlarmReader) => void) => () => void;
}

/** Starts what runs inside the console beside its own log, once that has been read: keeper, shelf service and simulated plant. */
export function startEmbeddedServices(options: EmbeddedServicesOptions): Running {
  const { opened, clock, identity, logger } = options;
  const { user, host } = identity;
  const keeper = createKeeper({
    log: opened.log,
    schemas: opened.schemas,
    clock,
    identity: { user, host },
    onNotice: (notice) => {
      if (notice.notice === 'notWritten') logger.warn('the keeper could not write', { ...notice });
      if (notice.notice === 'notJournaled') {
        logger.warn('the keeper could not write the journal', { ...notice });
      }
    },
  });
  const shelfService = createShelfService({
    log: opened.log,
    schemas: opened.schemas,
    clock,
    identity: { user, host },
    onNotice: (notice) => {
      if (notice.notice === 'notWritten') {
        logger.warn('the shelf service could not write', { ...notice });
      }
    },
  });
  let plant: SimulatedPlant | null = null;
  // Both read the whole log once more: the window comes first.
  const stopWaiting = options.whenRead((reader) => {
    keeper.start();
    shelfService.start();
    plant = createPlant(options, reader);
    plant?.start();
  });
  return {
    async close() {
      stopWaiting();
      await plant?.stop();
      await shelfService.stop();
      await keeper.stop();
    },
  };
}

function createPlant(options: EmbeddedServicesOptions, reader: AlarmReader): SimulatedPlant | null {
  const { opened, clock, identity, logger, plantSeed } = options;
  if (plantSeed === null) return null;
  logger.info('the simulated plant runs', { seed: plantSeed });
  const writer = createAlarmWriter({
    log: opened.log,
    schemas: opened.schemas,
    clock,
    identity: plantIdentity(identity.host),
  });
  return createSimulatedPlant({
    seed: plantSeed,
    clock,
    picture: {
      isRegistered: (name) => (reader.book.state(name)?.registration ?? null) !== null,
      isActive(name) {
        const state = reader.book.state(name);
        return state !== undefined && isActive(state);
      },
    },
    write: async (order) => {
      const written = await writer.write(order);
      return written.ok ? written : { ok: false, error: written.error.problem };
    },
    onWriteFailed: (message) => logger.warn('the simulated plant could not write', { message }),
  });
}
