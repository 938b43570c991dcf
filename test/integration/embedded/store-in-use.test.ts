import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedLog } from '../../../adapters/embedded/embedded-log.ts';
import { createSystemClock } from '../../../adapters/system/system-clock.ts';
import type { TemporaryFolder } from '../../support/temporary-folder.ts';
import { createTemporaryFolder } from '../../support/temporary-folder.ts';
import { openLog, runWriter } from './embedded-ground.ts';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await createTemporaryFolder('alarm-log');
});

afterEach(() => folder.remove());

describe('an embedded log that is open already', () => {
  it('cannot be opened a second time in the same process, and can after it is closed', async () => {
    const { log } = await openLog(folder.path);
    const notices: string[] = [];
    const second = await openEmbeddedLog(folder.path, {
      clock: createSystemClock(),
      onNotice: ({ code }) => notices.push(code),
    });
    expect(second).toMatchObject({ ok: false, error: { code: 'StoreInUse', isRetriable: true } });
    expect(second.ok ? '' : second.error.message).toContain(folder.path);
    await log.close();
    await (await openLog(folder.path)).log.close();
    expect(notices).toEqual([]);
  });

  it('cannot be opened by another process', async () => {
    const { log } = await openLog(folder.path);
    const { lines } = await runWriter({ folder: folder.path, run: 'second' });
    await log.close();
    expect(lines).toEqual(['failed StoreInUse']);
  });
});
