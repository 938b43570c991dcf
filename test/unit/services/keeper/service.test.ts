import { expect, it } from 'vitest';
import type { AlarmOrder } from '../../../../core/alarm/orders.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { epochMs } from '../../../../core/lib/units.ts';
import { ACTIVE_ALARMS } from '../../../../schemas/topics.ts';
import type { ServiceApp, ServiceCondition } from '../../../../services/host/service-definition.ts';
import { KEEPER } from '../../../../services/keeper/service.ts';
import { aLogAppend } from '../../../builders/a-log-append.ts';
import { createFakeClock, FAKE_START } from '../../../fakes/fake-clock.ts';
import { type AlarmGround, createAlarmGround } from '../../../support/alarm-ground.ts';

/** Half an hour. */
const AHEAD_MS = 1_800_000;
/** A record that the log stamps. */
const CLOSED: AlarmOrder = {
  name: alarmName('B'),
  fact: { fact: 'occurrenceClosed', upTo: null },
};

/** A keeper whose clock is ahead of the log's, as the host runs it. */
function runKeeper({ log, schemas }: AlarmGround) {
  const clock = createFakeClock(epochMs(FAKE_START + AHEAD_MS));
  const waiting = new Set<() => void>();
  const app: ServiceApp = KEEPER.createApp({
    log,
    schemas,
    clock,
    identity: { user: 'keeper', host: 'localhost' },
    logger: {
      tell: () => {
        for (const look of waiting) look();
      },
    },
  });
  const until = (isEnough: (condition: ServiceCondition) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isEnough(app.condition())) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
    });
  return { app, until };
}

it('the keeper tells how far it is, what it cannot decode, and that the clocks differ', async () => {
  const ground = await createAlarmGround(createFakeClock());
  await ground.log.append(aLogAppend(ACTIVE_ALARMS));
  const { app, until } = runKeeper(ground);
  expect(app.condition()).toMatchObject({ isReady: false, phase: { phase: 'connecting' } });
  app.start();
  await until(({ isReady }) => isReady);
  await ground.write(CLOSED);
  await until(({ clockOffsetMs }) => clockOffsetMs !== 0);
  expect(app.condition()).toEqual({
    phase: { phase: 'live' },
    isReady: true,
    clockOffsetMs: -AHEAD_MS,
    gauges: { lag_records: 0, quarantined_records: 1 },
  });
  await app.stop();
  expect(app.condition().isReady).toBe(false);
});
