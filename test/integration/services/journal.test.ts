import { describe, expect } from 'vitest';
import { partitionOfKey } from '../../../adapters/kafka/producing/partition-of-key.ts';
import type { AlarmOrder } from '../../../core/alarm/orders.ts';
import { foldJournal } from '../../../core/journal/read-journal.ts';
import { alarmName } from '../../../core/lib/alarm-name.ts';
import { TOPIC_SPECS } from '../../../schemas/topic-specs.ts';
import { createRandom } from '../../../services/simulated-plant/random.ts';
import { epicsOrder } from '../../support/alarm-ground.ts';
import { identitiesOf, readJournal } from '../../support/journal-ground.ts';
import { readBack } from '../../support/read-back.ts';
import type { ServiceProcess } from '../../support/service-process.ts';
import { startServiceSite } from '../../support/service-site.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';

const NAMES = Array.from({ length: 40 }, (_, index) => `alarm ${index}`);
// Nothing is compacted away while the test runs, so that the whole log can be folded beside the journal.
const site = startServiceSite(
  ['keeper'],
  TOPIC_SPECS.map((spec) => {
    const { 'segment.ms': _rolled, ...settings } = spec.settings;
    return { ...spec, settings };
  }),
);

/** The keeper as its own program, once it is told that the journal is kept. */
async function runKeeper(): Promise<ServiceProcess> {
  const keeper = site().run('keeper');
  await keeper.said(({ event, isKept }) => event === 'journal' && isKept === true);
  return keeper;
}

/** Some life of the alarms, the same for the same seed. */
function lifeOf(seed: number, count: number): AlarmOrder[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (): AlarmOrder => {
    const name = random.pick(NAMES) ?? 'alarm 0';
    if (random.chance(0.6)) {
      return epicsOrder(name, random.pick(['MINOR', 'MAJOR', 'NO_ALARM'] as const) ?? 'MAJOR');
    }
    const level = random.pick(['MINOR_ACK', 'MAJOR_ACK'] as const) ?? 'MAJOR_ACK';
    return { name: alarmName(name), fact: { fact: 'epicsAcknowledged', level } };
  });
}

/** All at once, as they come from many sources. */
async function write(orders: readonly AlarmOrder[]): Promise<void> {
  const written = await Promise.all(orders.map((order) => site().writer.write(order)));
  expect(written.filter(({ ok }) => !ok)).toEqual([]);
}

describe('the journal beside a real Kafka', () => {
  ownBrokerTest(
    'two keepers, killed and started anew, tell everything and little twice',
    async () => {
      const { log, schemas, clock, broker, kill: killed } = site();
      let [one, other] = await Promise.all([runKeeper(), runKeeper()]);
      for (let round = 0; round < 3; round += 1) {
        await write(lifeOf(round, 400));
        const dying = killed(one);
        await write(lifeOf(100 + round, 200));
        await dying;
        one = await runKeeper();
        [one, other] = [other, one];
      }
      await Promise.all([killed(one), killed(other)]);
      await write(lifeOf(1_000, 300));
      const last = await runKeeper();
      const expected = await identitiesOf({ log, schemas, clock });
      const journal = await readJournal(
        { log, schemas },
        (so) => so.identities.size >= expected.size,
      );
      expect([...journal.identities].sort()).toEqual([...expected].sort());
      expect(journal.transitions.length).toBeLessThan(expected.size * 2);
      await killed(last);
      // Another start has nothing to tell again.
      const again = await runKeeper();
      await write([epicsOrder('afterwards', 'MAJOR')]);
      const grown = await readJournal({ log, schemas }, (so) => so.identities.size > expected.size);
      expect(grown.transitions.length).toBe(journal.transitions.length + 1);
      const afterwards = grown.transitions.filter(({ name }) => name === 'afterwards');
      expect(foldJournal(afterwards)).toMatchObject({ actual: 'unacknowledged', level: 'MAJOR' });
      await killed(again);
      const records = await readBack(broker.bootstrap, 'alarm-journal', grown.transitions.length);
      expect(records.every(({ key, partition }) => partition === partitionOf(key))).toBe(true);
      expect(new Set(records.map(({ partition }) => partition)).size).toBe(6);
      expect(records[0]?.headers).toMatchObject({ producer: 'klaxon-keeper' });
    },
  );
});

function partitionOf(key: string | null): number {
  return partitionOfKey(Buffer.from(key ?? ''), 6);
}
