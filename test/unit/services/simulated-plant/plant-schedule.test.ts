import { describe, expect, it } from 'vitest';
import { durationMs } from '../../../../core/lib/units.ts';
import type { Change } from '../../../builders/plant-run.ts';
import { activeAfter, changesOf, NOTHING_KNOWN, runPlant } from '../../../builders/plant-run.ts';

const MINUTE_MS = 60_000;
const SEEDS = [1, 2, 3, 20, 4_711];

/** Stretches from a rise to the return, in milliseconds, by alarm. */
function episodesOf(
  changes: readonly Change[],
): Map<string, { fromMs: number; lastsMs: number }[]> {
  const begun = new Map<string, number>();
  const episodes = new Map<string, { fromMs: number; lastsMs: number }[]>();
  for (const { alarm, level, atMs } of changes) {
    const fromMs = begun.get(alarm.name);
    if (level !== 'NORMAL') {
      begun.set(alarm.name, fromMs ?? atMs);
    } else if (fromMs !== undefined) {
      begun.delete(alarm.name);
      const own = episodes.get(alarm.name) ?? [];
      episodes.set(alarm.name, [...own, { fromMs, lastsMs: atMs - fromMs }]);
    }
  }
  return episodes;
}

describe('the opening', () => {
  it('registers what is not registered, and only that', () => {
    const all = runPlant({ seed: 1, forMs: 0 });
    expect(all.every(({ order }) => order.fact.fact === 'registered')).toBe(true);
    expect(all.length).toBeGreaterThan(240);
    const isRegistered = (name: string) => name !== 'ODH sensor 4';
    const rest = runPlant({ seed: 1, forMs: 0, picture: { ...NOTHING_KNOWN, isRegistered } });
    expect(rest.map(({ order }) => order.name)).toEqual(['ODH sensor 4']);
  });

  it.each(SEEDS)('shows a dozen alarms of all levels within three seconds (seed %i)', (seed) => {
    const changes = changesOf(runPlant({ seed, forMs: 3_000 }));
    const levels = [...activeAfter(changes).values()].sort();
    expect(levels).toHaveLength(12);
    expect(new Set(levels)).toEqual(new Set(['ALARM', 'INVALID', 'MAJOR', 'MINOR']));
    expect(levels.filter((level) => level === 'INVALID')).toHaveLength(1);
    const returned = changes.filter(({ level }) => level === 'NORMAL');
    expect(returned).toHaveLength(1);
    expect(returned[0]?.alarm.registration.isLatching).toBe(true);
  });

  it('returns to normal what an earlier run has left active', () => {
    const isActive = (name: string) => name === 'VIP1L05' || name === 'NL smoke detector';
    const picture = { isRegistered: () => true, isActive };
    const changes = changesOf(runPlant({ seed: 1, forMs: 0, picture }));
    expect(changes.map(({ alarm, level }) => `${alarm.name}: ${level}`)).toEqual([
      'VIP1L05: NORMAL',
      'NL smoke detector: NORMAL',
    ]);
  });
});

describe('the calm hours', () => {
  it.each(SEEDS)('bring 6 to 20 changes a minute and stay calm (seed %i)', (seed) => {
    const forMs = 240 * MINUTE_MS;
    const changes = changesOf(runPlant({ seed, forMs })).filter(({ atMs }) => atMs > 5_000);
    const perMinute = changes.length / (forMs / MINUTE_MS);
    expect(perMinute).toBeGreaterThan(6);
    expect(perMinute).toBeLessThan(20);
    const active = activeAfter(changes).size;
    expect(active).toBeGreaterThanOrEqual(3);
    expect(active).toBeLessThanOrEqual(30);
  });

  it('have standing, fleeting and chattering alarms', () => {
    const changes = changesOf(runPlant({ seed: 1, forMs: 240 * MINUTE_MS }));
    const episodes = episodesOf(changes);
    const all = [...episodes.values()].flat();
    const fleeting = all.filter(({ lastsMs }) => lastsMs < 10_000);
    const standing = all.filter(({ lastsMs }) => lastsMs >= MINUTE_MS);
    expect(fleeting.length).toBeGreaterThan(300);
    expect(standing.length).toBeGreaterThan(100);
    const chattering = [...episodes.values()].filter((own) =>
      own.some(({ fromMs }, index) => {
        const third = own[index + 2];
        return third !== undefined && third.fromMs - fromMs <= MINUTE_MS;
      }),
    );
    expect(chattering.length).toBeGreaterThanOrEqual(2);
    expect(chattering.length).toBeLessThanOrEqual(12);
  });

  it('never write the same thing twice in a row, nor return what is normal', () => {
    const levels = new Map<string, string>();
    for (const { alarm, level } of changesOf(runPlant({ seed: 3, forMs: 120 * MINUTE_MS }))) {
      expect(level).not.toBe(levels.get(alarm.name) ?? 'NORMAL');
      levels.set(alarm.name, level);
    }
    expect(levels.size).toBeGreaterThan(100);
  });

  it('write only definitions and activations: no acknowledgement, no shelf', () => {
    const written = runPlant({ seed: 2, forMs: 60 * MINUTE_MS, floodEveryMs: durationMs(600_000) });
    expect(new Set(written.map(({ order }) => order.fact.fact))).toEqual(
      new Set(['registered', 'simpleChanged', 'epicsChanged']),
    );
    expect(written.every(({ order }) => order.answers === undefined)).toBe(true);
  });
});

describe('a flood', () => {
  const floodAtMs = 10 * MINUTE_MS;

  it.each(SEEDS)('begins with its first-out and spreads at one place (seed %i)', (seed) => {
    const calm = changesOf(runPlant({ seed, forMs: 30 * MINUTE_MS }));
    const all = changesOf(runPlant({ seed, forMs: 30 * MINUTE_MS, floodAtMs }));
    const known = new Set(calm.map(({ atMs, alarm }) => `${atMs} ${alarm.name}`));
    const raised = all.filter(
      ({ atMs, alarm, level }) =>
        atMs >= floodAtMs &&
        atMs <= floodAtMs + 20_000 &&
        level !== 'NORMAL' &&
        !known.has(`${atMs} ${alarm.name}`),
    );
    const [firstOut] = raised;
    expect(firstOut?.atMs).toBe(floodAtMs);
    expect(firstOut?.alarm.registration.documentUrl).toMatch(
      /gate-valve-closed|klystron-body-temperature|front-end-computer/,
    );
    const there = raised.filter(({ alarm }) => alarm.location === firstOut?.alarm.location);
    expect(there.length).toBeGreaterThanOrEqual(12);
    expect(there.slice(1).every(({ atMs }) => atMs > floodAtMs)).toBe(true);
  });

  it('is over a quarter of an hour later, but for what stays', () => {
    const before = changesOf(runPlant({ seed: 1, forMs: floodAtMs }));
    const at = changesOf(runPlant({ seed: 1, forMs: floodAtMs + 20_000, floodAtMs }));
    const after = changesOf(runPlant({ seed: 1, forMs: floodAtMs + 20 * MINUTE_MS, floodAtMs }));
    const [calm, high, low] = [before, at, after].map((changes) => activeAfter(changes).size);
    expect(high).toBeGreaterThan((calm ?? 0) + 10);
    expect(low).toBeLessThan((high ?? 0) - 8);
  });

  it('comes about every ten minutes where that is asked for', () => {
    const forMs = 200 * MINUTE_MS;
    const raised = changesOf(
      runPlant({ seed: 1, forMs, floodEveryMs: durationMs(600_000) }),
    ).filter(({ level, atMs }) => level !== 'NORMAL' && atMs > 5_000);
    let floods = 0;
    let lastMs = 0;
    raised.forEach(({ atMs }, index) => {
      const twelfth = raised[index + 12];
      if (atMs > lastMs + MINUTE_MS && twelfth !== undefined && twelfth.atMs < atMs + 15_000) {
        floods += 1;
        lastMs = atMs;
      }
    });
    expect(floods).toBeGreaterThanOrEqual(15);
    expect(floods).toBeLessThanOrEqual(26);
  });
});

describe('the seed', () => {
  it('gives the same orders at the same moments, byte for byte', () => {
    const run = (seed: number) =>
      JSON.stringify(runPlant({ seed, forMs: 90 * MINUTE_MS, floodEveryMs: durationMs(600_000) }));
    expect(run(7)).toBe(run(7));
    expect(run(7)).not.toBe(run(8));
  });
});
