import { type AlarmReader, startAlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import { type AlarmWriter, createAlarmWriter } from '../../adapters/alarm-writer/alarm-writer.ts';
import { createEmbeddedSchemaStore } from '../../adapters/embedded/embedded-schema-store.ts';
import { openMemoryLog } from '../../adapters/embedded/memory-log.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import { alarmName } from '../../core/lib/alarm-name.ts';
import { epochMs } from '../../core/lib/units.ts';
import type { AlarmLog } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import { OWN_SCHEMAS } from '../../schemas/avro/subjects.ts';
import { createWireDecoder } from '../../schemas/codecs/wire-decoder.ts';
import { ALARM_OCCURRENCES, ALARM_TOPICS } from '../../schemas/topics.ts';

/** An alarm log in memory with our schemas, and what a test needs to write to it and to read it. */
export interface AlarmGround {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  readonly clock: Clock;
  readonly writer: AlarmWriter;
  write(...orders: readonly AlarmOrder[]): Promise<void>;
  read(schemas?: SchemaStore): GroundReader;
}

export interface GroundReader {
  readonly reader: AlarmReader;
  /** Answers once the condition holds, which is looked at whenever something was folded. */
  until(condition: (reader: AlarmReader) => boolean): Promise<void>;
}

/** As we create the keeper's topic: through it every reader sees the log's own clock. */
const STAMPED = { 'message.timestamp.type': 'LogAppendTime' } as const;

/** Makes the ground, its topics created. */
export async function createAlarmGround(clock: Clock = createSystemClock()): Promise<AlarmGround> {
  const log = await openMemoryLog({ clock });
  const schemas = createEmbeddedSchemaStore();
  for (const { subject, schema } of OWN_SCHEMAS) await schemas.register(subject, schema);
  const specs = ALARM_TOPICS.map((topic) => ({
    topic,
    partitions: 1,
    settings: topic === ALARM_OCCURRENCES ? STAMPED : {},
  }));
  await log.createTopics(specs);
  const identity = { user: 'tester', producer: 'test', host: 'localhost' };
  const writer = createAlarmWriter({ log, schemas, identity, clock });
  return {
    log,
    schemas,
    clock,
    writer,
    async write(...orders) {
      for (const order of orders) {
        const written = await writer.write(order);
        if (!written.ok) throw new Error(JSON.stringify(written.error));
      }
    },
    read: (other) => openReader(log, other ?? schemas, clock),
  };
}

function openReader(log: AlarmLog, schemas: SchemaStore, clock: Clock): GroundReader {
  const waiting = new Set<() => void>();
  const reader = startAlarmReader({
    log,
    schemas,
    clock,
    decoder: createWireDecoder(),
    topics: ALARM_TOPICS,
    onChange: () => {
      for (const look of waiting) look();
    },
  });
  return {
    reader,
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!condition(reader)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/** An EPICS alarm of a severity. */
export function epicsOrder(
  name: string,
  severity: 'NO_ALARM' | 'MINOR' | 'MAJOR' | 'INVALID',
): AlarmOrder {
  const status = severity === 'NO_ALARM' ? 'NO_ALARM' : 'HIHI';
  return { name: alarmName(name), fact: { fact: 'epicsChanged', severity, status } };
}

/** A shelf as an operator orders it; null = until somebody unshelves. */
export function shelfOrder(name: string, expiresAt: number | null, reason = 'noisy'): AlarmOrder {
  const shelf = { expiresAt: expiresAt === null ? null : epochMs(expiresAt), reason };
  return { name: alarmName(name), fact: { fact: 'shelved', shelf } };
}

/** A registration with a longest shelf in seconds; null = no limit. */
export function registrationOrder(name: string, maxShelvedSeconds: number | null): AlarmOrder {
  const registration = {
    source: { kind: 'epicsChannel', pv: name },
    location: 'NL',
    category: 'Vacuum',
    maxShelvedSeconds,
    isLatching: false,
    documentUrl: 'vacuum/valves.html',
    screenPath: 'vacuum/valves.edl',
  } as const;
  return { name: alarmName(name), fact: { fact: 'registered', registration } };
}
