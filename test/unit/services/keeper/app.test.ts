import { describe, expect, it } from 'vitest';
import type { AlarmOrder } from '../../../../core/alarm/orders.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import type { LogRecord } from '../../../../core/ports/alarm-log.ts';
import { createWireDecoder } from '../../../../schemas/codecs/wire-decoder.ts';
import { ALARM_OCCURRENCES } from '../../../../schemas/topics.ts';
import { createKeeper, KEEPER_PRODUCER, type Keeper } from '../../../../services/keeper/app.ts';
import { type AlarmGround, createAlarmGround, epicsOrder } from '../../../support/alarm-ground.ts';

const ACK: AlarmOrder = {
  name: alarmName('A'),
  fact: { fact: 'epicsAcknowledged', level: 'MAJOR_ACK' },
};

function aKeeper(ground: AlarmGround): Keeper {
  const { log, schemas, clock } = ground;
  return createKeeper({ log, schemas, clock, identity: { user: 'keeper', host: 'localhost' } });
}

/** Answers the records of alarm-occurrences as soon as they satisfy the condition. */
function occurrences(ground: AlarmGround, isEnough: (records: readonly LogRecord[]) => boolean) {
  return new Promise<readonly LogRecord[]>((resolve) => {
    const seen: LogRecord[] = [];
    const reading = ground.log.read([ALARM_OCCURRENCES], {
      onRecords: (records) => {
        seen.push(...records);
        if (isEnough(seen)) void reading.close().then(() => resolve(seen));
      },
      onPhase: () => undefined,
      onReset: () => undefined,
      onSweep: () => undefined,
    });
  });
}

describe('the keeper', () => {
  it('writes a snapshot of an open occurrence, and its end', async () => {
    const ground = await createAlarmGround();
    const keeper = aKeeper(ground);
    keeper.start();
    await ground.write(epicsOrder('A', 'MAJOR'));
    const [opened] = await occurrences(ground, (records) => records.length === 1);
    expect(
      opened?.headers.map(({ value }) => new TextDecoder().decode(value ?? undefined)),
    ).toContain(KEEPER_PRODUCER);
    await ground.write(epicsOrder('A', 'NO_ALARM'));
    const all = await occurrences(ground, (records) => records.at(-1)?.valueEnd === -1);
    expect(all).toHaveLength(2);
    await keeper.stop();
  });

  it('lets a console that reads only the remains see the same as one that saw everything', async () => {
    const ground = await createAlarmGround();
    const keeper = aKeeper(ground);
    keeper.start();
    await ground.write(epicsOrder('A', 'MAJOR'), ACK, epicsOrder('A', 'MINOR'));
    const decoder = createWireDecoder();
    for (const { id, schema } of await allSchemas(ground)) decoder.learnSchema(id, schema);
    const upTo = (record: LogRecord | undefined): number => {
      const outcome = record === undefined ? null : decoder.decode(record, true);
      const fact = outcome?.outcome === 'event' ? outcome.event.fact : null;
      return fact?.fact === 'occurrenceKept' ? fact.snapshot.upTo.offset : -1;
    };
    const records = await occurrences(ground, (seen) => upTo(seen.at(-1)) === 2);
    const last = records.at(-1);
    const outcome = last === undefined ? null : decoder.decode(last, true);
    expect(outcome).toMatchObject({
      outcome: 'event',
      event: {
        name: 'A',
        fact: { snapshot: { occurrence: { highestLevel: 'MAJOR', isKnownFromStart: true } } },
      },
    });
    await keeper.stop();
  });

  it('ten keepers at once agree: the topic ends as with one, and a new one adds nothing', async () => {
    const ground = await createAlarmGround();
    const keepers = Array.from({ length: 10 }, () => aKeeper(ground));
    for (const keeper of keepers) keeper.start();
    await ground.write(epicsOrder('A', 'MAJOR'), epicsOrder('B', 'MINOR'));
    const ended = (records: readonly LogRecord[], name: string) =>
      records.filter((record) => nameOf(record) === name).at(-1)?.valueEnd === -1;
    const kept = (records: readonly LogRecord[], name: string) =>
      (records.filter((record) => nameOf(record) === name).at(-1)?.valueEnd ?? -1) > 0;
    await occurrences(ground, (records) => kept(records, 'A') && kept(records, 'B'));
    await ground.write(ACK, epicsOrder('A', 'NO_ALARM'));
    const before = await occurrences(
      ground,
      (records) => ended(records, 'A') && kept(records, 'B'),
    );
    await Promise.all(keepers.map((keeper) => keeper.stop()));
    const eleventh = aKeeper(ground);
    eleventh.start();
    await ground.write(epicsOrder('C', 'MAJOR'));
    const after = await occurrences(ground, (records) =>
      records.some((record) => nameOf(record) === 'C'),
    );
    expect(ended(after, 'A') && kept(after, 'B')).toBe(true);
    expect(
      after.slice(before.length).filter((record) => nameOf(record) === 'B').length,
    ).toBeLessThanOrEqual(9);
    await eleventh.stop();
  });
});

async function allSchemas(ground: AlarmGround) {
  const versions = await ground.schemas.versionsOf('alarm-occurrences-value');
  return versions.ok ? versions.value : [];
}

function nameOf(record: LogRecord): string {
  return new TextDecoder().decode(record.bytes.subarray(record.keyStart, record.keyEnd));
}
