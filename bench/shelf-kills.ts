import { killServicesWhileShelvesEnd } from '../test/support/killed-shelves.ts';
import { bundleService } from '../test/support/service-process.ts';
import { type Bench, type BenchReport, quantile } from './support/report.ts';
import { onShelfGround } from './support/shelf-ground.ts';

const SHELVES = 5_000;
const KILLS = 200;
/** About as long as two hundred starts take. */
const OVER_MS = 100_000;

/** Two shelf services, of which one after the other is killed, while shelves end: none early, each once in effect. */
export const shelfKills: Bench = { name: 'Shelf services killed', run };

async function run(): Promise<BenchReport> {
  const shelf = await bundleService('shelf');
  const outcome = await onShelfGround(({ bootstrap, registry, ...ground }) =>
    killServicesWhileShelvesEnd({
      ...ground,
      program: shelf.program,
      settings: {
        BOOTSTRAP_SERVERS: bootstrap,
        SCHEMA_REGISTRY: registry,
        KLAXON_LOG_LEVEL: 'debug',
      },
      shelves: SHELVES,
      kills: KILLS,
      overMs: OVER_MS,
    }),
  );
  await shelf.remove();
  const { early, wrong, tombstones, kills, lateMs } = outcome;
  if (early.length > 0 || wrong.length > 0) {
    throw new Error(
      `early: ${early.slice(0, 5).join(', ')}; not ended once: ${wrong.slice(0, 5).join(', ')}`,
    );
  }
  return {
    name: shelfKills.name,
    method:
      'Two shelf services as processes on a real broker; as soon as one is live or writes it is killed with SIGKILL and started anew. Shelves end one after the other meanwhile.',
    figures: [
      { what: 'killed', value: kills, unit: 'times' },
      {
        what: 'ended early',
        value: early.length,
        unit: 'shelves',
        bound: { relation: '≤', value: 0 },
      },
      {
        what: 'without exactly one effective end',
        value: wrong.length,
        unit: 'shelves',
        bound: { relation: '≤', value: 0 },
      },
      {
        what: `tombstones of ${SHELVES.toLocaleString('en')} shelves`,
        value: tombstones,
        unit: 'records',
      },
      { what: 'late, median', value: quantile(lateMs, 0.5), unit: 'ms' },
      { what: 'late, p99', value: quantile(lateMs, 0.99), unit: 'ms' },
    ],
    notes: [],
  };
}
