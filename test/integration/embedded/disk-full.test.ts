import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anAppend, keysOf, must } from '../../contracts/alarm-log-ground.ts';
import { createRecordingListener, isIn } from '../../fakes/recording-listener.ts';
import type { TemporaryFolder } from '../../support/temporary-folder.ts';
import { createTemporaryFolder } from '../../support/temporary-folder.ts';
import { openLog, readAll, runWriter } from './embedded-ground.ts';

const TOPIC = 'active-alarms';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await createTemporaryFolder('alarm-log');
});

afterEach(() => folder.remove());

/** Mounts a small disk there; why not, where the machine does not allow it. */
function mountSmallDisk(path: string): string | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', path], { stdio: 'pipe' });
    return null;
  } catch (cause) {
    return `no disk can be mounted here: ${String(cause)}`;
  }
}

describe('an embedded log on a full disk', () => {
  it('says so, keeps what is acknowledged readable, and goes on when there is room', async ({
    skip,
  }) => {
    const disk = join(dirname(folder.path), 'disk');
    await mkdir(disk);
    const reason = mountSmallDisk(disk);
    if (reason !== null) {
      skip(reason);
    }
    try {
      await fillAndRecover(disk);
    } finally {
      // Lazily: a test that failed may have left the store open.
      execFileSync('umount', ['-l', disk]);
    }
  });

  it('says so where a limit to file sizes is met, and loses nothing of what was acknowledged', async () => {
    const { lines } = await runWriter({
      folder: folder.path,
      run: 'limited',
      valueBytes: 5_000,
      fileSizeKiB: 400,
    });
    expect(lines.at(-1)).toBe('failed DiskFull');
    const { log, notices } = await openLog(folder.path);
    const stored = new Set((await readAll(log, ['whole'])).map(({ offset }) => offset));
    await log.close();
    const acknowledged = lines.filter((line) => line.startsWith('whole '));
    expect(acknowledged.length).toBeGreaterThan(20);
    expect(acknowledged.every((line) => stored.has(Number(line.split(' ')[1])))).toBe(true);
    expect(notices).toEqual([]);
  });
});

async function fillAndRecover(disk: string): Promise<void> {
  const store = join(disk, 'alarm-log');
  const ballast = join(disk, 'ballast');
  await writeFile(ballast, Buffer.alloc(3_000_000, 1));
  const { log } = await openLog(store);
  must(await log.createTopics([{ topic: TOPIC, partitions: 1, settings: {} }]));
  const heard = createRecordingListener();
  log.read([TOPIC], heard);
  await heard.until(isIn('live'));

  const acknowledged: string[] = [];
  const value = Buffer.alloc(60_000, 7);
  let refusal: string | undefined;
  for (let index = 0; refusal === undefined; index += 1) {
    const appended = await log.append(anAppend(TOPIC, `key ${index}`, { value }));
    if (appended.ok) {
      acknowledged.push(`key ${index}`);
    } else {
      refusal = appended.error.code;
      expect(appended.error).toMatchObject({ isRetriable: true });
      expect(appended.error.message).toContain(store);
    }
  }
  expect(refusal).toBe('DiskFull');
  expect(acknowledged.length).toBeGreaterThan(10);
  // What a store gives up when it is opened anew may be room for one more; else it says the same again.
  const retried = await log.append(anAppend(TOPIC, 'again', { value }));
  if (retried.ok) acknowledged.push('again');
  else expect(retried.error.code).toBe('DiskFull');
  expect(keysOf(await readAll(log, [TOPIC]))).toEqual(acknowledged);

  await rm(ballast);
  must(await log.append(anAppend(TOPIC, 'room again', { value })));
  acknowledged.push('room again');
  await heard.until(({ records }) => records.length === acknowledged.length);
  expect(keysOf(heard.records)).toEqual(acknowledged);
  expect(heard.phases.at(-1)).toEqual({ phase: 'live' });
  await log.close();

  const again = await openLog(store);
  expect(again.notices).toEqual([]);
  expect(keysOf(await readAll(again.log, [TOPIC]))).toEqual(acknowledged);
  await again.log.close();
}
