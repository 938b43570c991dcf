import { pagedCondition } from '../host/reading-condition.ts';
import type { ServiceDefinition } from '../host/service-definition.ts';
import { createShelfService, SHELF_PRODUCER, type ShelfNotice } from './app.ts';

/** `klaxon serve shelf`. */
export const SHELF: ServiceDefinition = {
  name: 'shelf',
  summary: 'writes that a shelf has ended, and cuts one to the limit of its registration',
  producer: SHELF_PRODUCER,
  httpAddress: '127.0.0.1:9401',
  createApp({ logger, ...ports }) {
    const service = createShelfService({
      ...ports,
      onNotice: ({ notice, ...fields }) => logger.tell(LEVELS[notice], notice, fields),
    });
    return {
      start: () => service.start(),
      stop: () => service.stop(),
      condition() {
        const { dueShelves, ...condition } = service.condition();
        return pagedCondition(condition, { due_shelves: dueShelves });
      },
    };
  },
};

const LEVELS: Readonly<Record<ShelfNotice['notice'], 'debug' | 'info' | 'warn'>> = {
  phase: 'info',
  written: 'debug',
  notWritten: 'warn',
  clockSkew: 'warn',
};
