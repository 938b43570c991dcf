import type { LogPhase } from '../../core/ports/alarm-log.ts';
import type { ServiceDefinition } from '../host/service-definition.ts';
import { createKeeper, KEEPER_PRODUCER, type KeeperNotice } from './app.ts';

/** `klaxon serve keeper`. */
export const KEEPER: ServiceDefinition = {
  name: 'keeper',
  summary: 'writes down what compaction would forget of open occurrences',
  producer: KEEPER_PRODUCER,
  httpAddress: '127.0.0.1:9402',
  createApp({ logger, ...ports }) {
    let phase: LogPhase = { phase: 'connecting', attempt: 1 };
    const keeper = createKeeper({
      ...ports,
      onNotice(told) {
        const { notice, ...fields } = told;
        if (told.notice === 'phase') phase = told.phase;
        logger.tell(LEVELS[notice], notice, fields);
      },
    });
    return {
      start: () => keeper.start(),
      stop: () => keeper.stop(),
      condition: () => ({ phase, isReady: phase.phase === 'live', gauges: {} }),
    };
  },
};

const LEVELS: Readonly<Record<KeeperNotice['notice'], 'debug' | 'info' | 'warn'>> = {
  phase: 'info',
  journal: 'info',
  written: 'debug',
  notWritten: 'warn',
  notJournaled: 'warn',
};
