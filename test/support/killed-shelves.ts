import { startAlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import type { AlarmWriter } from '../../adapters/alarm-writer/alarm-writer.ts';
import { alarmName } from '../../core/lib/alarm-name.ts';
import type { AlarmLog, LogRecord } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import { createWireDecoder } from '../../schemas/codecs/wire-decoder.ts';
import { SHELVED_ALARMS } from '../../schemas/topics.ts';
import { shelfOrder } from './alarm-ground.ts';
import { isLiveLine, type ServiceProcess, startService } from './service-process.ts';

export interface KilledShelvesOptions {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  readonly clock: Clock;
  readonly writer: AlarmWriter;
  /** Node's arguments that run the shelf service, and its settings. */
  readonly program: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  readonly shelves: number;
  readonly kills: number;
  /** The shelves end one after the other over this time, from when both services are live. */
  readonly overMs: number;
}

/** What became of the shelves. */
export interface KilledShelves {
  /** Ended in the log before their end had come. */
  readonly early: readonly string[];
  /** Ended in effect never, or more than once. */
  readonly wrong: readonly string[];
  /** Tombstones, of which the first of an alarm has the effect. */
  readonly tombstones: number;
  readonly kills: number;
  /** How long after its end each shelf was ended in the log, in milliseconds, by the time that the service wrote. */
  readonly lateMs: readonly number[];
}

/** Two shelf services on one broker, of which one after the other is killed and started anew while shelves end. */
export async function killServicesWhileShelvesEnd(
  options: KilledShelvesOptions,
): Promise<KilledShelves> {
  const { program, settings, clock } = options;
  const start = (): ServiceProcess => startService(program, settings);
  const services = [start(), start()];
  await Promise.all(services.map((service) => service.said(isLiveLine)));
  const ends = await shelve(options, clock.now() + FIRST_END_MS);
  const seen = watchShelves(options, ends);
  let kills = 0;
  while (kills < options.kills) {
    const at = kills % 2;
    const service = services[at];
    if (service === undefined) break;
    await Promise.race([
      service.said(isLiveLine),
      service.said(({ event }) => event === 'written'),
    ]);
    service.signal('SIGKILL');
    await service.ended;
    kills += 1;
    services[at] = start();
  }
  await seen.allEnded;
  for (const service of services) service.signal('SIGTERM');
  await Promise.all(services.map(({ ended }) => ended));
  await seen.close();
  return { ...seen.outcome(), kills };
}

/** Time to write all shelves before the first of them ends. */
const FIRST_END_MS = 3_000;
/** Orders on their way to the broker at once. */
const AT_ONCE = 500;

async function shelve(
  { writer, shelves, overMs }: KilledShelvesOptions,
  fromAt: number,
): Promise<ReadonlyMap<string, number>> {
  const ends = new Map<string, number>();
  for (let first = 0; first < shelves; first += AT_ONCE) {
    const orders = [];
    for (let index = first; index < Math.min(shelves, first + AT_ONCE); index += 1) {
      const name = `shelf-${index}`;
      const endAt = Math.round(fromAt + (overMs * index) / shelves);
      ends.set(name, endAt);
      orders.push(writer.write(shelfOrder(name, endAt)));
    }
    for (const written of await Promise.all(orders)) {
      if (!written.ok) throw new Error(JSON.stringify(written.error));
    }
  }
  return ends;
}

/** Follows the shelves, record by record and folded. */
function watchShelves(
  { log, schemas, clock }: KilledShelvesOptions,
  ends: ReadonlyMap<string, number>,
) {
  const early: string[] = [];
  const lateMs: number[] = [];
  const tombstones = new Map<string, number>();
  const note = (record: LogRecord): void => {
    const name = textOf(record);
    const endAt = ends.get(name);
    if (record.valueEnd >= 0 || endAt === undefined) return;
    tombstones.set(name, (tombstones.get(name) ?? 0) + 1);
    if (record.timestampAt < endAt) early.push(name);
    if (tombstones.get(name) === 1) lateMs.push(record.timestampAt - endAt);
  };
  let resolveEnded: () => void = () => undefined;
  const allEnded = new Promise<void>((resolve) => {
    resolveEnded = resolve;
  });
  // Two readings of the log: whichever sees the last end last has to look.
  const look = (): void => {
    if (tombstones.size === ends.size && [...ends.keys()].every(isEnded)) resolveEnded();
  };
  const reading = log.read([SHELVED_ALARMS], {
    onRecords: (records) => {
      for (const record of records) note(record);
      look();
    },
    onPhase: () => undefined,
    onReset: () => undefined,
    onSweep: () => undefined,
  });
  const reader = startAlarmReader({
    log,
    schemas,
    clock,
    decoder: createWireDecoder(),
    topics: [SHELVED_ALARMS],
    onChange: look,
  });
  const isEnded = (name: string): boolean => reader.book.state(alarmName(name))?.shelf === null;
  return {
    allEnded,
    async close() {
      await reader.close();
      await reading.close();
    },
    outcome: () => ({
      early,
      wrong: [...ends.keys()].filter((name) => !isEnded(name)),
      tombstones: [...tombstones.values()].reduce((sum, count) => sum + count, 0),
      lateMs,
    }),
  };
}

function textOf({ bytes, keyStart, keyEnd }: LogRecord): string {
  return new TextDecoder().decode(bytes.subarray(keyStart, keyEnd));
}
