import { describe, expect } from 'vitest';
import { SHELVED_ALARMS } from '../../../schemas/topics.ts';
import { epicsOrder, shelfOrder } from '../../support/alarm-ground.ts';
import { isLiveLine } from '../../support/service-process.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';
import { type ClusterSite, hearing } from './cluster-ground.ts';

const SHELVES = 20;
/** The shelves end one after the other while the cluster looks for a leader. */
const FIRST_END_MS = 1_500;
const STEP_MS = 200;

/** How the services get on while brokers come and go. */
export function describeServices(site: () => ClusterSite): void {
  describe('services', () => {
    ownBrokerTest('go on when the leader dies: each shelf ends once, and none early', async () => {
      const { broker: cluster, clock, run, stop, write, until } = site();
      const services = [run('shelf'), run('keeper')];
      await Promise.all(services.map((service) => service.said(isLiveLine)));
      const fromAt = clock.now() + FIRST_END_MS;
      const ends = new Map(
        Array.from({ length: SHELVES }, (_, at) => [`shelf-${at}`, fromAt + at * STEP_MS]),
      );
      await write([...ends].map(([name, endAt]) => shelfOrder(name, endAt)));
      await cluster.broker(await cluster.leaderOf(SHELVED_ALARMS)).kill();
      await until([...ends.keys()], ({ shelf }) => shelf === null);
      await write([epicsOrder('raised', 'MAJOR')]);
      await until(['raised'], ({ snapshot }) => snapshot?.kept?.highestLevel === 'MAJOR');
      await hearing(cluster.bootstrap, [SHELVED_ALARMS], async (heard) => {
        await heard.until(({ heads }) => heads.length > 0);
        const tombstones = heard.records.filter(({ value }) => value === null);
        expect(tombstones.map(({ key }) => String(key)).toSorted()).toEqual(
          [...ends.keys()].toSorted(),
        );
        const early = tombstones.filter(
          ({ key, timestampAt }) => timestampAt < (ends.get(String(key)) ?? 0),
        );
        expect(early).toEqual([]);
      });
      expect(await Promise.all(services.map(stop))).toEqual([0, 0]);
    });
  });
}
