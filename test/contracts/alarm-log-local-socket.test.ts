import { afterAll } from 'vitest';
import { connectLog } from '../../adapters/local-socket/connect-log.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import { holdAndOffer } from '../support/offered-log.ts';
import { createTemporaryFolder } from '../support/temporary-folder.ts';
import { describeAlarmLog } from './alarm-log.ts';
import { must } from './alarm-log-ground.ts';
import { describeSchemaStore } from './schema-store.ts';

const ends: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const end of ends) await end();
});

async function connected() {
  const folder = await createTemporaryFolder('alarm-log');
  const ground = await holdAndOffer(folder.path);
  const client = must(await connectLog(folder.path, { clock: createSystemClock() }));
  ends.push(async () => {
    await client.close();
    await ground.close();
    await folder.remove();
  });
  return client;
}

describeAlarmLog('through the socket of a console', async () => (await connected()).log);

describeSchemaStore('through the socket of a console', async () => (await connected()).schemas);
