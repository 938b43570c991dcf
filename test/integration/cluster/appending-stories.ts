import { describe, expect } from 'vitest';
import { createTopics } from '../../../adapters/kafka/administration/create-topics.ts';
import { aLogAppend } from '../../builders/a-log-append.ts';
import { answered } from '../../support/answered.ts';
import { withCluster } from '../../support/kafka-connection.ts';
import { randomName } from '../../support/random-name.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';
import { type ClusterSite, KEPT, withLog } from './cluster-ground.ts';
import { timesIn } from './command-volley.ts';

/** What becomes of commands while brokers come and go. */
export function describeAppending(site: () => ClusterSite): void {
  describe('appending', () => {
    ownBrokerTest('goes to the new leader soon after the old one fell silent', async () => {
      const cluster = site().broker;
      const [topic = ''] = await cluster.createTopics(['commands'], KEPT);
      await withLog(cluster.bootstrap, async (log) => {
        answered(await log.append(aLogAppend(topic)));
        cluster.broker(1).pause();
        const lost = await log.append(aLogAppend(topic, { value: Buffer.from('lost') }));
        expect(lost).toMatchObject({ ok: false, error: { code: 'TimedOut' } });
        const sentAt = performance.now();
        answered(await log.append(aLogAppend(topic, { value: Buffer.from('after') })));
        expect(performance.now() - sentAt).toBeLessThan(2_000);
        await cluster.heal();
        const times = await timesIn(cluster.bootstrap, log, topic);
        expect(times.get('lost') ?? 0).toBeLessThan(2);
        expect(times.get('after')).toBe(1);
      });
    });

    ownBrokerTest(
      'to a topic that was made a moment ago, of which not all have heard',
      async () => {
        const { bootstrap } = site().broker;
        const topics = Array.from({ length: 8 }, () => randomName('young'));
        const specs = topics.map((topic) => ({ topic, partitions: 3, settings: KEPT }));
        await withCluster(bootstrap, async (cluster) => {
          answered(await createTopics(cluster, specs, 10_000));
        });
        await withLog(bootstrap, async (log) => {
          const records = topics.flatMap((topic) =>
            ['a', 'b', 'c'].map((key) => aLogAppend(topic, { key: Buffer.from(key) })),
          );
          for (const answer of await Promise.all(records.map((it) => log.append(it)))) {
            answered(answer);
          }
        });
      },
    );
  });
}
