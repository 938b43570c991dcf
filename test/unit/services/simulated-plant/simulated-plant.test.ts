import { describe, expect, it } from 'vitest';
import type { AlarmOrder } from '../../../../core/alarm/orders.ts';
import { failure, ok } from '../../../../core/lib/result.ts';
import { epochMs } from '../../../../core/lib/units.ts';
import type { SimulatedPlantOptions } from '../../../../services/simulated-plant/simulated-plant.ts';
import {
  createSimulatedPlant,
  plantIdentity,
} from '../../../../services/simulated-plant/simulated-plant.ts';
import { changesOf, NOTHING_KNOWN, runPlant } from '../../../builders/plant-run.ts';
import type { FakeClock } from '../../../fakes/fake-clock.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';

const MINUTE_MS = 60_000;

interface Ground {
  readonly clock: FakeClock;
  readonly written: { readonly atMs: number; readonly order: AlarmOrder }[];
  readonly complaints: string[];
  readonly plant: ReturnType<typeof createSimulatedPlant>;
}

function aPlant(over: Partial<SimulatedPlantOptions> = {}): Ground {
  const clock = createFakeClock();
  const startedAt = clock.now();
  const written: { readonly atMs: number; readonly order: AlarmOrder }[] = [];
  const complaints: string[] = [];
  const plant = createSimulatedPlant({
    seed: 1,
    clock,
    picture: NOTHING_KNOWN,
    write: (order) => {
      written.push({ atMs: clock.now() - startedAt, order });
      return Promise.resolve(ok(undefined));
    },
    onWriteFailed: (message) => complaints.push(message),
    floodEveryMs: null,
    ...over,
  });
  return { clock, written, complaints, plant };
}

describe('the simulated plant', () => {
  it('writes what its schedule says, when it says so', () => {
    const { clock, written, plant } = aPlant();
    plant.start();
    clock.advanceBy(30 * MINUTE_MS);
    const planned = runPlant({ seed: 1, forMs: 30 * MINUTE_MS }).map(({ atMs, order }) => ({
      atMs: Math.ceil(atMs),
      order,
    }));
    expect(written).toEqual(planned);
  });

  it('writes the same orders, byte for byte, with the same seed and clock', () => {
    const run = () => {
      const { clock, written, plant } = aPlant({ seed: 42 });
      plant.start();
      clock.advanceBy(20 * MINUTE_MS);
      return JSON.stringify(written);
    };
    expect(run()).toBe(run());
  });

  it('writes nothing before it starts and nothing after it stops, and then goes on', async () => {
    const { clock, written, plant } = aPlant();
    clock.advanceBy(MINUTE_MS);
    expect(written).toEqual([]);
    plant.start();
    clock.advanceBy(MINUTE_MS);
    await plant.stop();
    const before = written.length;
    expect(before).toBeGreaterThan(260);
    clock.advanceBy(10 * MINUTE_MS);
    plant.flood();
    expect(written).toHaveLength(before);
    expect(clock.waiting).toBe(0);
    plant.start();
    clock.advanceBy(5 * MINUTE_MS);
    expect(written.map(({ order }) => order)).toEqual(
      runPlant({ seed: 1, forMs: 6 * MINUTE_MS }).map(({ order }) => order),
    );
  });

  it('lets a flood break out at once when asked', () => {
    const { clock, written, plant } = aPlant();
    plant.start();
    clock.advanceBy(5 * MINUTE_MS);
    const before = written.length;
    plant.flood();
    clock.advanceBy(20_000);
    const raised = changesOf(written.slice(before)).filter(({ level }) => level !== 'NORMAL');
    expect(raised.length).toBeGreaterThanOrEqual(12);
    expect(raised[0]?.atMs).toBe(5 * MINUTE_MS);
  });

  it('goes on where it stopped after the computer slept, without a burst', () => {
    const clock = createFakeClock();
    let jump = 0;
    const written: AlarmOrder[] = [];
    const plant = createSimulatedPlant({
      seed: 1,
      clock: { ...clock, now: () => epochMs(clock.now() + jump) },
      picture: NOTHING_KNOWN,
      write: (order) => {
        written.push(order);
        return Promise.resolve(ok(undefined));
      },
      onWriteFailed: () => undefined,
      floodEveryMs: null,
    });
    plant.start();
    clock.advanceBy(MINUTE_MS);
    const before = written.length;
    jump = 480 * MINUTE_MS;
    clock.advanceBy(MINUTE_MS);
    expect(written.length - before).toBeLessThan(30);
  });

  it('says that a writing failed and tries it again, unless a newer order took its place', async () => {
    const tried: AlarmOrder[] = [];
    const refused = new Set(['VIP1L05']);
    const { clock, complaints, plant } = aPlant({
      picture: { isRegistered: (name) => name !== 'VIP1L05', isActive: () => false },
      write: (order) => {
        tried.push(order);
        return Promise.resolve(refused.has(order.name) ? failure({ message: 'full' }) : ok(0));
      },
    });
    plant.start();
    clock.advanceBy(0);
    await plant.stop();
    expect(complaints).toEqual(['full']);
    refused.clear();
    plant.start();
    clock.advanceBy(1_000);
    await plant.stop();
    const own = tried.filter(({ fact }) => fact.fact === 'registered');
    expect(own.map(({ name }) => name)).toEqual(['VIP1L05', 'VIP1L05']);
    expect(complaints).toEqual(['full']);
  });

  it('writes in a name of its own', () => {
    expect(plantIdentity('mccops1')).toEqual({
      user: 'plant',
      producer: 'klaxon-simulated-plant',
      host: 'mccops1',
    });
  });
});
