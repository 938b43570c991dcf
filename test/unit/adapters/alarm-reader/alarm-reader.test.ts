import { describe, expect, it } from 'vitest';
import { startAlarmReader } from '../../../../adapters/alarm-reader/alarm-reader.ts';
import { createEmbeddedSchemaStore } from '../../../../adapters/embedded/embedded-schema-store.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { failure, ok } from '../../../../core/lib/result.ts';
import type { AlarmLog, LogListener, LogProblem } from '../../../../core/ports/alarm-log.ts';
import type { SchemaProblem, SchemaStore } from '../../../../core/ports/schema-store.ts';
import { createWireDecoder } from '../../../../schemas/codecs/wire-decoder.ts';
import { ACTIVE_ALARMS, REGISTERED_ALARMS } from '../../../../schemas/topics.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import { createAlarmGround, epicsOrder } from '../../../support/alarm-ground.ts';

const UNREACHABLE: SchemaProblem = {
  code: 'Unreachable',
  message: 'The registry cannot be reached.',
  remedy: 'Start it.',
  isRetriable: true,
};

const DAMAGED: LogProblem = {
  code: 'Corrupt',
  message: 'A batch is damaged.',
  remedy: 'Restore it.',
  isRetriable: false,
};

describe('the alarm reader', () => {
  it('folds what stands in the log and what comes later', async () => {
    const ground = await createAlarmGround();
    await ground.write(epicsOrder('A', 'MAJOR'), epicsOrder('B', 'MINOR'));
    const { reader, until } = ground.read();
    await until((now) => now.isAtHead && now.status().phase.phase === 'live');
    expect(
      reader.book.takeChanges(reader.now()).rows.map(({ name, level }) => [name, level]),
    ).toEqual([
      ['A', 'MAJOR'],
      ['B', 'MINOR'],
    ]);
    await ground.write(epicsOrder('A', 'NO_ALARM'));
    await until((now) => now.hasRead({ topic: ACTIVE_ALARMS, partition: 0, offset: 2 }));
    expect(reader.book.state(alarmName('A'))?.occurrence?.returnedAt).toBeTypeOf('number');
    await reader.close();
  });

  it('counts a record that cannot be decoded, keeps it, and shows its alarm as undecodable', async () => {
    const ground = await createAlarmGround();
    await ground.log.append({
      topic: REGISTERED_ALARMS,
      key: new TextEncoder().encode('A'),
      value: new TextEncoder().encode('not Avro'),
      headers: [],
      timestampAt: ground.clock.now(),
    });
    const { reader, until } = ground.read();
    await until((now) => now.isAtHead);
    expect(reader.quarantine.count).toBe(1);
    expect(reader.quarantine.newest(10)).toMatchObject([
      {
        position: { topic: REGISTERED_ALARMS, partition: 0, offset: 0 },
        value: new TextEncoder().encode('not Avro'),
      },
    ]);
    expect(reader.book.takeChanges(reader.now()).rows).toMatchObject([
      { name: 'A', hasUndecodable: true },
    ]);
    await reader.close();
  });

  it('is not live while the registry cannot be asked, says why, and recovers by itself', async () => {
    const ground = await createAlarmGround();
    await ground.write(epicsOrder('A', 'MAJOR'));
    let isDown = true;
    const sometimes: SchemaStore = {
      ...ground.schemas,
      versionsOf: () => Promise.resolve(failure(UNREACHABLE)),
      schemaById: (id) =>
        isDown ? Promise.resolve(failure(UNREACHABLE)) : ground.schemas.schemaById(id),
    };
    const { reader, until } = ground.read(sometimes);
    await until(
      (now) =>
        now.status().phase.phase === 'connecting' && problemOf(now.status().phase) !== undefined,
    );
    expect(problemOf(reader.status().phase)?.message).toBe(UNREACHABLE.message);
    isDown = false;
    await until((now) => now.status().phase.phase === 'live');
    expect(reader.book.state(alarmName('A'))?.epics?.says.severity).toBe('MAJOR');
    await reader.close();
  });

  it('asks once for each schema that records name', async () => {
    const ground = await createAlarmGround();
    await ground.write(epicsOrder('A', 'MAJOR'));
    const asked: number[] = [];
    const bare: SchemaStore = {
      ...ground.schemas,
      versionsOf: () => Promise.resolve(ok([])),
      schemaById: (id) => {
        asked.push(id);
        return ground.schemas.schemaById(id);
      },
    };
    const { reader, until } = ground.read(bare);
    await until((now) => now.isAtHead);
    expect(reader.book.state(alarmName('A'))?.epics?.says.severity).toBe('MAJOR');
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toHaveLength(2);
    await reader.close();
  });

  it('reads anew when a schema that could not be had comes late', async () => {
    const ground = await createAlarmGround();
    await ground.write(epicsOrder('A', 'MAJOR'));
    let isDown = true;
    const versions = await ground.schemas.versionsOf('active-alarms-value');
    const missing = versions.ok ? versions.value[0]?.id : undefined;
    const late: SchemaStore = {
      ...ground.schemas,
      versionsOf: () => Promise.resolve(ok([])),
      schemaById: (id) =>
        isDown && id === missing
          ? Promise.resolve(failure(UNREACHABLE))
          : ground.schemas.schemaById(id),
    };
    const { reader, until } = ground.read(late);
    await until((now) => now.quarantine.count > 0);
    isDown = false;
    await until(
      (now) =>
        now.isAtHead && now.quarantine.count === 0 && now.book.state(alarmName('A')) !== undefined,
    );
    expect(reader.book.state(alarmName('A'))?.epics?.says.severity).toBe('MAJOR');
    await reader.close();
  });
});

function problemOf(phase: {
  readonly phase: string;
  readonly problem?: { readonly message: string };
}) {
  return phase.problem;
}

describe('a stretch of the log that cannot be read', () => {
  it('is counted with each of its offsets, kept, and said for as long as it holds', () => {
    const clock = createFakeClock();
    let listener: LogListener | null = null;
    const log: AlarmLog = {
      read: (_topics, asked) => {
        listener = asked;
        return { close: () => Promise.resolve() };
      },
      append: () => Promise.resolve(failure(DAMAGED)),
      describeTopics: () => Promise.resolve(ok([])),
      createTopics: () => Promise.resolve(ok(undefined)),
      close: () => Promise.resolve(),
    };
    const reader = startAlarmReader({
      log,
      schemas: createEmbeddedSchemaStore(),
      decoder: createWireDecoder(),
      clock,
      topics: [ACTIVE_ALARMS],
      onChange: () => undefined,
    });
    const heard: LogListener | null = listener;
    expect(heard).not.toBeNull();
    tellDamage(heard);
    expect(reader.quarantine.count).toBe(5);
    expect(reader.quarantine.newest(1)[0]?.reason).toContain('offset 10 to 14');
    expect(reader.status().damages).toEqual([
      expect.stringContaining('active-alarms is damaged: offsets 10 to 14'),
    ]);
  });
});

function tellDamage(listener: LogListener | null): void {
  listener?.onDamage?.({ topic: ACTIVE_ALARMS, partition: 0, from: 10, to: 15, problem: DAMAGED });
}
