import { describe, expect, it } from 'vitest';
import type { AlarmState } from '../../../../core/alarm/alarm-state.ts';
import type { AlarmOrder } from '../../../../core/alarm/orders.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { epochMs } from '../../../../core/lib/units.ts';
import type { AlarmLog, LogRecord } from '../../../../core/ports/alarm-log.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import { SHELVED_ALARMS } from '../../../../schemas/topics.ts';
import {
  createShelfService,
  SHELF_PRODUCER,
  type ShelfNotice,
  type ShelfService,
} from '../../../../services/shelf/app.ts';
import { createFakeClock, FAKE_START } from '../../../fakes/fake-clock.ts';
import {
  type AlarmGround,
  createAlarmGround,
  registrationOrder,
  shelfOrder,
} from '../../../support/alarm-ground.ts';

interface Watched {
  readonly service: ShelfService;
  readonly notices: ShelfNotice[];
  /** Answers once the service has told so. */
  until(isEnough: (notices: readonly ShelfNotice[]) => boolean): Promise<void>;
}

function aService(
  ground: AlarmGround,
  log: AlarmLog = ground.log,
  clock: Clock = ground.clock,
): Watched {
  const { schemas } = ground;
  const notices: ShelfNotice[] = [];
  const waiting = new Set<() => void>();
  const service = createShelfService({
    log,
    schemas,
    clock,
    identity: { user: 'shelf', host: 'localhost' },
    onNotice: (notice) => {
      notices.push(notice);
      for (const look of waiting) look();
    },
  });
  return {
    service,
    notices,
    until: (isEnough) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!isEnough(notices)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

const isLive = (notices: readonly ShelfNotice[]) =>
  notices.some((notice) => notice.notice === 'phase' && notice.phase.phase === 'live');
const hasWritten = (count: number) => (notices: readonly ShelfNotice[]) =>
  notices.filter(({ notice }) => notice === 'written').length >= count;

/** Every record of shelved-alarms as it stands when the reading has come to the head. */
function shelfRecords(ground: AlarmGround): Promise<readonly LogRecord[]> {
  return new Promise((resolve) => {
    const seen: LogRecord[] = [];
    const reading = ground.log.read([SHELVED_ALARMS], {
      onRecords: (records) => seen.push(...records),
      onPhase: ({ phase }) => {
        if (phase === 'live') void reading.close().then(() => resolve(seen));
      },
      onReset: () => undefined,
      onSweep: () => undefined,
    });
  });
}

function headers(record: LogRecord | undefined): Readonly<Record<string, string>> {
  const text = new TextDecoder();
  return Object.fromEntries(
    (record?.headers ?? []).map(({ name, value }) => [name, text.decode(value ?? undefined)]),
  );
}

async function stateOf(ground: AlarmGround, name: string): Promise<AlarmState | undefined> {
  const { reader, until } = ground.read();
  await until(({ isAtHead }) => isAtHead);
  const state = reader.book.state(alarmName(name));
  await reader.close();
  return state;
}

describe('the shelf service', () => {
  it('ends a shelf at its end, not a millisecond early, under its own name', async () => {
    const clock = createFakeClock();
    const ground = await createAlarmGround(clock);
    await ground.write(shelfOrder('A', FAKE_START + 60_000));
    const { service, until } = aService(ground);
    service.start();
    await until(isLive);
    clock.advanceBy(59_999);
    expect(await shelfRecords(ground)).toHaveLength(1);
    clock.advanceBy(1);
    await until(hasWritten(1));
    const records = await shelfRecords(ground);
    expect(records.map(({ valueEnd }) => valueEnd >= 0)).toEqual([true, false]);
    expect(headers(records[1])).toEqual({
      user: 'shelf',
      producer: SHELF_PRODUCER,
      host: 'localhost',
      replaces: 'shelved-alarms/0/0',
      because: 'expired',
    });
    await service.stop();
  });

  it('cuts a shelf beyond its limit in the name of who shelved, and ends it there', async () => {
    const clock = createFakeClock();
    const ground = await createAlarmGround(clock);
    await ground.write(registrationOrder('A', 60), shelfOrder('A', FAKE_START + 9_000_000));
    const { service, until } = aService(ground);
    service.start();
    await until(hasWritten(1));
    expect((await stateOf(ground, 'A'))?.shelf).toMatchObject({
      says: { expiresAt: FAKE_START + 60_000, reason: 'noisy' },
      because: 'over-limit',
      record: { audit: { user: 'tester', producer: SHELF_PRODUCER } },
    });
    clock.advanceBy(60_000);
    await until(hasWritten(2));
    expect((await stateOf(ground, 'A'))?.shelf).toBeNull();
    expect(await shelfRecords(ground)).toHaveLength(3);
    await service.stop();
  });

  it('catches up after a stop, also with alarms that no list shows', async () => {
    const clock = createFakeClock();
    const ground = await createAlarmGround(clock);
    await ground.write(shelfOrder('A', FAKE_START + 1), shelfOrder('B', FAKE_START + 2));
    await ground.write(shelfOrder('C', -5), shelfOrder('D', FAKE_START + 900_000));
    clock.advanceBy(100_000);
    const { service, until, notices } = aService(ground);
    service.start();
    await until(hasWritten(3));
    expect(
      notices.flatMap((notice) => (notice.notice === 'written' ? [notice.alarm] : [])).sort(),
    ).toEqual(['A', 'B', 'C']);
    await service.stop();
  });

  it('mends a newer shelf that its own tombstone has overtaken', async () => {
    const clock = createFakeClock();
    const ground = await createAlarmGround(clock);
    await ground.write(shelfOrder('A', FAKE_START + 1_000));
    const gate = gatedLog(ground.log, () =>
      ground.write(shelfOrder('A', FAKE_START + 9_000, 'anew')),
    );
    const { service, until } = aService(ground, gate);
    service.start();
    await until(isLive);
    clock.advanceBy(1_000);
    await until(hasWritten(2));
    const records = await shelfRecords(ground);
    expect(records.map(headers).map(({ because }) => because)).toEqual([
      undefined,
      undefined,
      'expired',
      'written-again',
    ]);
    expect((await stateOf(ground, 'A'))?.shelf).toMatchObject({
      says: { expiresAt: FAKE_START + 9_000, reason: 'anew' },
      record: { audit: { user: 'tester' } },
    });
    await service.stop();
  });

  it('ten at once come to one effect: each alarm ends once, and an eleventh has nothing to write', async () => {
    const clock = createFakeClock();
    const ground = await createAlarmGround(clock);
    const names = Array.from({ length: 20 }, (_, index) => `A${index}`);
    await ground.write(...names.map((name) => shelfOrder(name, FAKE_START + 5_000)));
    const services = Array.from({ length: 10 }, () => aService(ground));
    for (const { service } of services) service.start();
    await Promise.all(services.map(({ until }) => until(isLive)));
    const { reader, until } = ground.read();
    clock.advanceBy(5_000);
    await until(({ book }) => names.every((name) => book.state(alarmName(name))?.shelf === null));
    await reader.close();
    await Promise.all(services.map(({ service }) => service.stop()));
    const before = (await shelfRecords(ground)).length;
    const eleventh = aService(ground);
    eleventh.service.start();
    await eleventh.until(isLive);
    expect(eleventh.service.condition()).toMatchObject({ isReady: true, dueShelves: 0 });
    await eleventh.service.stop();
    expect((await shelfRecords(ground)).length).toBe(before);
  });

  it('looks again when the log has refused a record', async () => {
    const clock = createFakeClock();
    const ground = await createAlarmGround(clock);
    await ground.write(shelfOrder('A', FAKE_START + 1_000));
    let refusals = 1;
    const log: AlarmLog = {
      ...portOf(ground.log),
      append: async (record) => {
        if (refusals === 0) return ground.log.append(record);
        refusals -= 1;
        return { ok: false, error: DISK_FULL };
      },
    };
    const { service, until, notices } = aService(ground, log);
    service.start();
    await until(isLive);
    clock.advanceBy(1_000);
    await until((seen) => seen.some(({ notice }) => notice === 'notWritten'));
    expect(notices.at(-1)).toMatchObject({ problem: { cause: 'log', problem: DISK_FULL } });
    expect(service.condition().dueShelves).toBe(1);
    clock.advanceBy(1_000);
    clock.advanceBy(1_000);
    await until(hasWritten(1));
    await service.stop();
  });

  it.each([600_000, -600_000])(
    'ends by the clock of the log, where its own differs by %i ms, and says so',
    async (aheadMs) => {
      const ground = await createAlarmGround(createFakeClock());
      const clock = createFakeClock(epochMs(FAKE_START + aheadMs));
      await ground.write(shelfOrder('A', FAKE_START + 2_000_000));
      const { service, until, notices } = aService(ground, ground.log, clock);
      service.start();
      await until(isLive);
      await ground.write(CLOSED);
      await until((seen) => seen.some(({ notice }) => notice === 'clockSkew'));
      expect(notices.at(-1)).toMatchObject({ isSkewed: true, offsetMs: -aheadMs });
      clock.advanceTo(epochMs(FAKE_START + aheadMs + 1_999_999));
      expect(service.condition().dueShelves).toBe(0);
      expect(await shelfRecords(ground)).toHaveLength(1);
      clock.advanceBy(1);
      await until(hasWritten(1));
      await service.stop();
    },
  );

  it('writes nothing after it was stopped', async () => {
    const clock = createFakeClock();
    const ground = await createAlarmGround(clock);
    await ground.write(shelfOrder('A', FAKE_START + 1_000));
    const { service, until } = aService(ground);
    service.start();
    await until(isLive);
    await service.stop();
    clock.advanceBy(10_000);
    expect(await shelfRecords(ground)).toHaveLength(1);
    expect(service.condition().isReady).toBe(false);
  });
});

/** A record that the log stamps. */
const CLOSED: AlarmOrder = {
  name: alarmName('B'),
  fact: { fact: 'occurrenceClosed', upTo: null },
};

const DISK_FULL = {
  code: 'DiskFull',
  message: 'The disk is full.',
  remedy: 'Make room.',
  isRetriable: true,
} as const;

function portOf(log: AlarmLog): AlarmLog {
  return {
    read: (topics, listener) => log.read(topics, listener),
    append: (record) => log.append(record),
    describeTopics: (topics) => log.describeTopics(topics),
    createTopics: (specs) => log.createTopics(specs),
    close: () => log.close(),
  };
}

/** A log on which something else happens first, once, between what a service decided and its append. */
function gatedLog(log: AlarmLog, first: () => Promise<void>): AlarmLog {
  let isOpen = false;
  return {
    ...portOf(log),
    append: async (record) => {
      if (!isOpen) {
        isOpen = true;
        await first();
      }
      return log.append(record);
    },
  };
}
