import { expect, it } from 'vitest';
import { watchLog } from '../../../../services/host/watched-log.ts';
import { createAlarmGround, epicsOrder } from '../../../support/alarm-ground.ts';

it('counts what is read and written by topic, and what is refused by code', async () => {
  const ground = await createAlarmGround();
  const { log, traffic } = watchLog(ground.log);
  await ground.write(epicsOrder('A', 'MAJOR'), epicsOrder('B', 'MAJOR'));
  await new Promise<void>((resolve) => {
    const reading = log.read(['active-alarms'], {
      onRecords: () => undefined,
      onPhase: ({ phase }) => {
        if (phase === 'live') void reading.close().then(resolve);
      },
      onReset: () => undefined,
      onSweep: () => undefined,
    });
  });
  const append = { topic: 'active-alarms', key: Buffer.from('k'), value: null, headers: [] };
  await log.append({ ...append, timestampAt: ground.clock.now() });
  const refused = await log.append({
    ...append,
    topic: 'nowhere',
    timestampAt: ground.clock.now(),
  });
  const code = refused.ok ? 'taken' : refused.error.code;
  expect([...traffic.read]).toEqual([['active-alarms', 2]]);
  expect([...traffic.written]).toEqual([['active-alarms', 1]]);
  expect([...traffic.refused]).toEqual([[code, 1]]);
});
