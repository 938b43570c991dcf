import { describe, expect } from 'vitest';
import type { AlarmOrder } from '../../../core/alarm/orders.ts';
import { alarmName } from '../../../core/lib/alarm-name.ts';
import { epicsOrder, registrationOrder, shelfOrder } from '../../support/alarm-ground.ts';
import type { ServiceProcess } from '../../support/service-process.ts';
import { startServiceSite } from '../../support/service-site.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';
import { registerSeed0V2 } from '../../support/v2-site.ts';

const DAY_MS = 86_400_000;
const site = startServiceSite(['shelf', 'keeper']);

/** The alarms of one generation, by what is to become of them. */
interface Alarms {
  readonly ending: string;
  readonly tooLong: string;
  readonly epics: string;
  readonly simple: string;
}

function alarmsOf(generation: string): Alarms {
  const named = (what: string): string => `${generation} ${what}`;
  return {
    ending: named('ending'),
    tooLong: named('too long'),
    epics: named('epics'),
    simple: named('simple'),
  };
}

function simpleOrder(name: string, isActive: boolean): AlarmOrder {
  return { name: alarmName(name), fact: { fact: 'simpleChanged', isActive } };
}

/** A shelf service and a keeper that write in the generation that is registered now: each asks at its first record. */
async function runPair(name: string): Promise<readonly ServiceProcess[]> {
  const { run, write, newWriter, clock } = site();
  const pair = [run('shelf'), run('keeper')];
  await write([shelfOrder(name, clock.now() + 1), epicsOrder(name, 'MAJOR')], newWriter());
  await Promise.all(pair.map((service) => service.said(({ event }) => event === 'written')));
  return pair;
}

/** Writes, in the generation that is registered now, an alarm of each kind, and shelves to be ended and to be cut. */
async function begin({ ending, tooLong, epics, simple }: Alarms): Promise<void> {
  const { write, newWriter, clock } = site();
  const orders = [
    ...[ending, tooLong, epics, simple].map((name) => registrationOrder(name, 3_600)),
    shelfOrder(ending, clock.now() + 500),
    shelfOrder(tooLong, clock.now() + DAY_MS),
    epicsOrder(epics, 'MAJOR'),
    simpleOrder(simple, true),
  ];
  await write(orders, newWriter());
}

describe('services on topics that hold records of both generations of seed 0', () => {
  ownBrokerTest('end and keep what either wrote, beside services of the other', async () => {
    const { until, write, newWriter, registry, stop } = site();
    const [v1, v2] = [alarmsOf('v1'), alarmsOf('v2')];
    const older = await runPair('first of v1');
    await begin(v1);
    await registerSeed0V2(registry.url);
    // The first to write has it: the older ones hold still until the newer have begun.
    for (const service of older) service.signal('SIGSTOP');
    const newer = await runPair('first of v2');
    for (const service of older) service.signal('SIGCONT');
    await begin(v2);
    await until([v1.ending, v2.ending], ({ shelf }) => shelf === null);
    const cut = await until([v1.tooLong, v2.tooLong], ({ shelf }) => shelf?.because !== undefined);
    expect(cut.map(({ shelf }) => shelf?.because)).toEqual(['over-limit', 'over-limit']);
    const open = [v1.epics, v2.epics, v1.simple, v2.simple];
    const kept = await until(open, ({ snapshot }) => (snapshot?.kept ?? null) !== null);
    const levels = kept.map(({ snapshot }) => snapshot?.kept?.highestLevel);
    expect(levels).toEqual(['MAJOR', 'MAJOR', 'ALARM', 'ALARM']);
    // What the older generation began is over in the newer one.
    const ends = [
      epicsOrder(v1.epics, 'NO_ALARM'),
      epicsOrder(v2.epics, 'NO_ALARM'),
      simpleOrder(v1.simple, false),
      simpleOrder(v2.simple, false),
    ];
    await write(ends, newWriter());
    const closed = await until(open, ({ snapshot }) => snapshot?.kept === null);
    expect(closed.map(({ undecodable }) => undecodable)).toEqual(open.map(() => null));
    expect(await Promise.all([...older, ...newer].map(stop))).toEqual([0, 0, 0, 0]);
  });
});
