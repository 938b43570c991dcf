import { describe, expect } from 'vitest';
import type { AlarmState } from '../../../core/alarm/alarm-state.ts';
import type { AlarmOrder } from '../../../core/alarm/orders.ts';
import { alarmName } from '../../../core/lib/alarm-name.ts';
import { epicsOrder } from '../../support/alarm-ground.ts';
import { isLiveLine } from '../../support/service-process.ts';
import { startServiceSite } from '../../support/service-site.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';

const ACK: AlarmOrder = {
  name: alarmName('A'),
  fact: { fact: 'epicsAcknowledged', level: 'MAJOR_ACK' },
};
const site = startServiceSite(['keeper']);

/** Reads until what the topics say of A satisfies the condition. */
async function stateOfA(isEnough: (state: AlarmState) => boolean): Promise<AlarmState | undefined> {
  return (await site().until(['A'], isEnough))[0];
}

describe('the keeper beside a real Kafka', () => {
  ownBrokerTest(
    'keeps an occurrence, is killed, comes back and closes it, and stops in order',
    async () => {
      const { run, kill, stop, write } = site();
      const first = run('keeper');
      await write([epicsOrder('A', 'MAJOR'), epicsOrder('A', 'MINOR')]);
      const kept = await stateOfA((state) => state.snapshot?.upTo.offset === 1);
      expect(kept?.snapshot?.kept).toMatchObject({ highestLevel: 'MAJOR', isKnownFromStart: true });
      await kill(first);
      await write([ACK]);
      const others = [run('keeper'), run('keeper')];
      const areLive = Promise.all(others.map((keeper) => keeper.said(isLiveLine)));
      const answered = await stateOfA((state) => state.snapshot?.upTo.offset === 2);
      expect(answered?.snapshot?.kept?.calls.epics?.answer?.record.offset).toBe(2);
      await write([epicsOrder('A', 'NO_ALARM')]);
      const closed = await stateOfA((state) => state.snapshot?.upTo.offset === 3);
      expect(closed?.snapshot?.kept).toBeNull();
      // Before it is up it cannot hear a signal either.
      await areLive;
      expect(await Promise.all(others.map(stop))).toEqual([0, 0]);
    },
  );
});
