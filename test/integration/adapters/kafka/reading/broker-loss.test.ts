import { describe, expect } from 'vitest';
import { isIn } from '../../../../fakes/recording-listener.ts';
import { freePort } from '../../../../support/free-port.ts';
import { startBroker } from '../../../../support/kafka-broker.ts';
import { produce, reading } from '../../../../support/kafka-reading.ts';
import { ownBrokerTest } from '../../../../support/shared-broker.ts';
import { createTemporaryTopics } from '../../../../support/temporary-topics.ts';

/** The longest that a console may look calm while it is deaf. */
const DEAF_LIMIT_MS = 5_000;

describe('reading a broker that goes away', () => {
  ownBrokerTest('killed: stale within five seconds, live again with nothing missed', async () => {
    const broker = await startBroker();
    const topics = await createTemporaryTopics(broker.bootstrap, ['killed']);
    const topic = topics.nameOf('killed');
    await produce(broker.bootstrap, topic, [{ key: 'before', value: '1' }]);
    try {
      await reading(broker.bootstrap, [topic], async (heard) => {
        await heard.until(isIn('live'));
        const killedAt = performance.now();
        await broker.kill();
        await heard.until(isIn('stale'));
        expect(performance.now() - killedAt).toBeLessThan(DEAF_LIMIT_MS);
        await broker.restart();
        await produce(broker.bootstrap, topic, [{ key: 'after', value: '2' }]);
        await heard.until(({ records }) => records.length === 2);
        await heard.until(isIn('live'));
        expect(heard.records.map(({ key }) => String(key))).toEqual(['before', 'after']);
        expect(heard.resets).toEqual([]);
        const stale = heard.phases.filter(({ phase }) => phase === 'stale').at(-1);
        expect(stale).toMatchObject({ problem: { code: 'Unreachable' } });
      });
    } finally {
      await broker.stop();
    }
  });

  ownBrokerTest(
    'halted with its connections open: stale as well, live when it goes on',
    async () => {
      const broker = await startBroker();
      const topics = await createTemporaryTopics(broker.bootstrap, ['halted']);
      const topic = topics.nameOf('halted');
      try {
        await reading(broker.bootstrap, [topic], async (heard) => {
          await heard.until(isIn('live'));
          const haltedAt = performance.now();
          broker.pause();
          await heard.until(isIn('stale'));
          expect(performance.now() - haltedAt).toBeLessThan(DEAF_LIMIT_MS);
          broker.resume();
          await heard.until(isIn('live'));
          await produce(broker.bootstrap, topic, [{ key: 'after', value: '1' }]);
          await heard.until(({ records }) => records.length === 1);
          expect(heard.resets).toEqual([]);
        });
      } finally {
        broker.resume();
        await broker.stop();
      }
    },
  );

  ownBrokerTest('not there yet at the start: connecting with the reason, then live', async () => {
    const port = await freePort();
    await reading(`127.0.0.1:${port}`, ['late'], async (heard) => {
      await heard.until(({ phases }) => {
        const phase = phases.at(-1);
        return phase?.phase === 'connecting' && phase.attempt > 2;
      });
      expect(heard.phases.at(-1)).toMatchObject({ problem: { code: 'Unreachable' } });
      const broker = await startBroker({
        port,
        properties: { 'auto.create.topics.enable': 'true' },
      });
      try {
        await produce(broker.bootstrap, 'late', [{ key: 'k', value: 'v' }]);
        await heard.until(({ records }) => records.length === 1);
        await heard.until(isIn('live'));
        expect(heard.records).toHaveLength(1);
      } finally {
        await broker.stop();
      }
    });
  });
});
