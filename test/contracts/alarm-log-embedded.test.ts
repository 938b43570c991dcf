import { afterAll } from 'vitest';
import { openEmbeddedLog } from '../../adapters/embedded/embedded-log.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import { createTemporaryFolder } from '../support/temporary-folder.ts';
import { describeAlarmLog } from './alarm-log.ts';
import { must } from './alarm-log-ground.ts';

const folders: { remove(): Promise<void> }[] = [];

afterAll(() => Promise.all(folders.map((folder) => folder.remove())));

describeAlarmLog('embedded', async () => {
  const folder = await createTemporaryFolder('alarm-log');
  folders.push(folder);
  const onNotice = (notice: { readonly message: string }) => {
    throw new Error(notice.message);
  };
  return must(await openEmbeddedLog(folder.path, { clock: createSystemClock(), onNotice }));
});
