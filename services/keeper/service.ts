import { pagedCondition } from '../host/reading-condition.ts';
import type { ServiceDefinition } from '../host/service-definition.ts';
import { createKeeper, KEEPER_PRODUCER, type KeeperNotice } from './app.ts';

/** `klaxon serve keeper`. */
export const KEEPER: ServiceDefinition = {
  name: 'keeper',
  summary: 'writes down what compaction would forget of open occurrences',
  producer: KEEPER_PRODUCER,
  httpAddress: '127.0.0.1:9402',
  createApp({ logger, ...ports }) {
    const keeper = createKeeper({
      ...ports,
      onNotice: ({ notice, ...fields }) => logger.tell(LEVELS[notice], notice, fields),
    });
    return {
      start: () => keeper.start(),
      stop: () => keeper.stop(),
      condition: () => pagedCondition(keeper.condition()),
    };
  },
};

const LEVELS: Readonly<Record<KeeperNotice['notice'], 'debug' | 'info' | 'warn'>> = {
  phase: 'info',
  journal: 'info',
  written: 'debug',
  notWritten: 'warn',
  clockSkew: 'warn',
  notJournaled: 'warn',
};
