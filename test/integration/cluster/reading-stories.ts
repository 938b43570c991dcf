import { describe, expect } from 'vitest';
import { DEFAULT_LIMITS } from '../../../adapters/kafka/connection/kafka-settings.ts';
import type { AlarmLog, LogProblem } from '../../../core/ports/alarm-log.ts';
import { aLogAppend } from '../../builders/a-log-append.ts';
import { isIn, type RecordingListener } from '../../fakes/recording-listener.ts';
import { answered } from '../../support/answered.ts';
import { NODE_IDS } from '../../support/kafka-brokers.ts';
import { eventually } from '../../support/kafka-reading.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';
import { startSource } from '../../support/steady-source.ts';
import { type ClusterSite, hearing, KEPT, valuesOf } from './cluster-ground.ts';
import { isTrue, timesIn, volley } from './command-volley.ts';

/** Far below the time after which a broker that went counts as gone: what others lead does not wait for that. */
const AT_ONCE_MS = 2_500;

const BASES = ['active', 'registered', 'shelved'] as const;

/** Writes one record and waits until it is heard; answers how long the second took, in milliseconds. */
async function heardAfter(heard: RecordingListener, log: AlarmLog, topic: string): Promise<number> {
  const { offset } = answered(await log.append(aLogAppend(topic)));
  const writtenAt = performance.now();
  await heard.until(({ records }) =>
    records.some((record) => record.topic === topic && record.offset === offset),
  );
  return performance.now() - writtenAt;
}

/** How a console hears topics that several brokers lead, while these come and go. */
export function describeReading(site: () => ClusterSite): void {
  describe('reading', () => {
    ownBrokerTest('goes on when a leader is killed, and what others lead is not late', async () => {
      const cluster = site().broker;
      const topics = await cluster.createTopics([...BASES, 'commands'], KEPT);
      const [active = '', registered = '', shelved = '', commanded = ''] = topics;
      expect(await Promise.all(topics.map(cluster.leaderOf))).toEqual([...NODE_IDS, 1]);
      const source = startSource(cluster.bootstrap, active);
      await hearing(cluster.bootstrap, topics, async (heard, log) => {
        await source.more(20);
        await heard.until(isIn('live'));
        const commands = volley(log, commanded, 100);
        await heard.until(() => valuesOf(heard, commanded).length > 30);
        await cluster.broker(1).kill();
        const isBack = source.more(1);
        for (const topic of [registered, shelved, registered, shelved]) {
          expect(await heardAfter(heard, log, topic)).toBeLessThan(AT_ONCE_MS);
        }
        await isBack;
        await source.stop();
        const { acknowledged } = source;
        await heard.until(() => valuesOf(heard, active).length >= acknowledged.length);
        await heard.until(isIn('live'));
        expect(valuesOf(heard, active)).toEqual(acknowledged);
        expect(heard.resets).toEqual([]);
        // Commands were on their way when their leader died: each stands once or not at all, as was answered, and in time.
        // With a broker away Kafka would make its topic of groups so that this one never looks after any.
        await cluster.heal();
        const times = await timesIn(cluster.bootstrap, log, commanded);
        const sent = await commands;
        expect(sent.filter((each) => !isTrue(each, times.get(each.value) ?? 0))).toEqual([]);
        const longestMs = Math.max(...sent.map(({ tookMs }) => tookMs));
        expect(longestMs).toBeLessThan(DEFAULT_LIMITS.appendMs + 1_000);
      });
    });

    ownBrokerTest('of a leader that says nothing any more goes on with the next', async () => {
      const cluster = site().broker;
      const topics = await cluster.createTopics(BASES, KEPT);
      const [active = '', registered = ''] = topics;
      await hearing(cluster.bootstrap, topics, async (heard, log) => {
        await heard.until(isIn('live'));
        await heardAfter(heard, log, active);
        cluster.broker(1).pause();
        expect(await heardAfter(heard, log, registered)).toBeLessThan(AT_ONCE_MS);
        await heard.until(isIn('stale'));
        expect(await heardAfter(heard, log, registered)).toBeLessThan(AT_ONCE_MS);
        await heard.until(isIn('live'));
        expect(heard.resets).toEqual([]);
      });
    });

    ownBrokerTest('does not notice that the lead was handed over', async () => {
      const cluster = site().broker;
      const [active = ''] = await cluster.createTopics(['active'], KEPT);
      const source = startSource(cluster.bootstrap, active);
      await hearing(cluster.bootstrap, [active], async (heard) => {
        await heard.until(isIn('live'));
        for (const to of [2, 3, 1] as const) {
          await cluster.moveLeader(active, to);
          await source.more(2);
        }
        await source.stop();
        await heard.until(() => valuesOf(heard, active).length >= source.acknowledged.length);
        expect(valuesOf(heard, active)).toEqual(source.acknowledged);
        expect(heard.phases.map(({ phase }) => phase)).not.toContain('stale');
        expect(heard.resets).toEqual([]);
      });
    });

    ownBrokerTest('goes on while every broker is restarted, one after the other', async () => {
      const cluster = site().broker;
      const topics = await cluster.createTopics(BASES, KEPT);
      const [active = ''] = topics;
      const source = startSource(cluster.bootstrap, active);
      await hearing(cluster.bootstrap, topics, async (heard) => {
        for (const id of NODE_IDS) {
          await cluster.broker(id).restart();
          await cluster.heal();
        }
        await source.more(1);
        await source.stop();
        await heard.until(() => valuesOf(heard, active).length >= source.acknowledged.length);
        await heard.until(isIn('live'));
        expect(valuesOf(heard, active)).toEqual(source.acknowledged);
        expect(heard.resets).toEqual([]);
      });
    });

    ownBrokerTest('needs one broker of its list, and then those that it learned of', async () => {
      const cluster = site().broker;
      const [topic = ''] = await cluster.createTopics(['learned'], KEPT);
      await cluster.broker(1).kill();
      await hearing(cluster.bootstrapOf(1, 2), [topic], async (heard, log) => {
        await heard.until(isIn('live'));
        await heardAfter(heard, log, topic);
        await cluster.broker(2).kill();
        const refusals: LogProblem[] = [];
        await eventually(async () => {
          const refused = await log.append(aLogAppend(topic));
          if (refused.ok) throw new Error('one broker alone took a record');
          refusals.push(refused.error);
          return refused.error.message.includes('too few replicas are in sync');
        });
        expect(refusals.at(-1)?.remedy).toContain('Bring the missing brokers back');
        await heard.until(isIn('live'));
        await cluster.heal();
        expect(await heardAfter(heard, log, topic)).toBeLessThan(AT_ONCE_MS);
        expect(heard.resets).toEqual([]);
      });
    });
  });
}
