import {
  cp,
  mkdir,
  open,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlarmLog } from '../../../core/ports/alarm-log.ts';
import { createRandom } from '../../../services/simulated-plant/random.ts';
import { anAppend, COMPACTED, keysOf, must } from '../../contracts/alarm-log-ground.ts';
import type { TemporaryFolder } from '../../support/temporary-folder.ts';
import { createTemporaryFolder } from '../../support/temporary-folder.ts';
import { filesOf, openLog, readAll } from './embedded-ground.ts';

const TOPIC = 'active-alarms';
const CUTS = 40;
const FLIPS = 40;

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await createTemporaryFolder('alarm-log');
});

afterEach(() => folder.remove());

async function journalSize(path: string): Promise<number> {
  const [journal = ''] = (await filesOf(path, '.log')).slice(-1);
  return (await stat(journal)).size;
}

async function newestJournal(path: string): Promise<string> {
  return (await filesOf(path, '.log')).at(-1) ?? '';
}

/** Fills the log with records of different sizes; answers the size of the journal after each was acknowledged. */
async function fill(log: AlarmLog, path: string, count: number): Promise<readonly number[]> {
  const sizes: number[] = [];
  const random = createRandom(19);
  for (let index = 0; index < count; index += 1) {
    // Without pattern: in a compressed run of one byte a flip may change nothing.
    const value = Buffer.alloc((index * 997) % 3_000).map(() => random.wholeBetween(0, 255));
    must(await log.append(anAppend(TOPIC, `key ${index}`, { value })));
    sizes.push(await journalSize(path));
  }
  return sizes;
}

async function aFilledStore(path: string, count: number): Promise<readonly number[]> {
  const { log } = await openLog(path);
  must(await log.createTopics([{ topic: TOPIC, partitions: 1, settings: COMPACTED }]));
  const sizes = await fill(log, path, count);
  await log.close();
  return sizes;
}

async function setAsideBeside(path: string): Promise<readonly string[]> {
  const names = await readdir(dirname(path));
  return names.filter((name) => name.startsWith(`${basename(path)}.damaged-`));
}

async function expectSetAside(path: string, damagedFile: string): Promise<void> {
  const damaged = await readFile(join(path, damagedFile)).catch(() => null);
  const { log, notices } = await openLog(path);
  expect(notices).toMatchObject([{ code: 'StoreDamaged', isRetriable: false }]);
  const [aside = ''] = await setAsideBeside(path);
  expect(notices[0]?.remedy).toContain(aside);
  const kept = await readFile(join(dirname(path), aside, damagedFile)).catch(() => null);
  expect(kept?.equals(damaged ?? Buffer.alloc(0)) ?? damaged === null).toBe(true);
  must(await log.createTopics([{ topic: TOPIC, partitions: 1, settings: COMPACTED }]));
  must(await log.append(anAppend(TOPIC, 'after')));
  expect(keysOf(await readAll(log, [TOPIC]))).toEqual(['after']);
  await log.close();
}

async function flipByte(path: string, at: number): Promise<void> {
  const file = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ 0x41;
  await file.write(byte, 0, 1, at);
  await file.close();
}

describe('an embedded log whose journal was cut', () => {
  it(`holds what was acknowledged up to the cut, in ${CUTS} cuts at any byte`, async () => {
    const sizes = await aFilledStore(folder.path, 120);
    const random = createRandom(20);
    const full = await journalSize(folder.path);
    for (let cut = 0; cut < CUTS; cut += 1) {
      const copy = `${folder.path}-${cut}`;
      await cp(folder.path, copy, { recursive: true });
      const left = cut === 0 ? 0 : random.wholeBetween(1, full);
      await truncate(await newestJournal(copy), left);
      const { log, notices } = await openLog(copy);
      must(await log.createTopics([{ topic: TOPIC, partitions: 1, settings: COMPACTED }]));
      const keys = keysOf(await readAll(log, [TOPIC]));
      await log.close();
      const acknowledged = sizes.filter((size) => size <= left).length;
      expect(notices).toEqual([]);
      expect(keys).toEqual(sizes.slice(0, acknowledged).map((_, index) => `key ${index}`));
    }
  });
});

describe('an embedded log whose files were damaged', () => {
  it(`never gives less than was acknowledged without saying so, in ${FLIPS} flipped bytes`, async () => {
    const sizes = await aFilledStore(folder.path, 120);
    const random = createRandom(21);
    // A flip in the very last record looks like the torn end of a crash.
    const lastButOne = sizes.at(-2) ?? 0;
    for (let flip = 0; flip < FLIPS; flip += 1) {
      const copy = `${folder.path}-${flip}`;
      await cp(folder.path, copy, { recursive: true });
      await flipByte(await newestJournal(copy), random.wholeBetween(0, lastButOne - 1));
      const { log, notices } = await openLog(copy);
      const [state] = must(await log.describeTopics([TOPIC]));
      await log.close();
      expect(notices).toMatchObject([{ code: 'StoreDamaged' }]);
      expect(state?.exists).toBe(false);
      expect(await setAsideBeside(copy)).toHaveLength(1);
    }
  });

  it('sets aside a store with a damaged table, untouched, and begins a new one', async () => {
    await aFilledStore(folder.path, 120);
    // Opening anew turns the journal into a table.
    await (await openLog(folder.path)).log.close();
    const [table = ''] = await filesOf(folder.path, '.ldb');
    await flipByte(table, Math.floor((await stat(table)).size / 3));
    await expectSetAside(folder.path, basename(table));
  });

  it(`finds any damage to a table that changes what it holds, in ${FLIPS} flipped bytes`, async () => {
    await aFilledStore(folder.path, 120);
    const whole = await openLog(folder.path);
    const before = await readAll(whole.log, [TOPIC]);
    await whole.log.close();
    const [table = ''] = await filesOf(folder.path, '.ldb');
    const { size } = await stat(table);
    const random = createRandom(22);
    let found = 0;
    for (let flip = 0; flip < FLIPS; flip += 1) {
      const copy = `${folder.path}-${flip}`;
      await cp(folder.path, copy, { recursive: true });
      await flipByte(join(copy, basename(table)), random.wholeBetween(0, size - 1));
      const { log, notices } = await openLog(copy);
      if (notices.length === 0) {
        expect(await readAll(log, [TOPIC])).toEqual(before);
      } else {
        expect(notices).toMatchObject([{ code: 'StoreDamaged' }]);
        found += 1;
      }
      await log.close();
    }
    expect(found).toBeGreaterThan(FLIPS * 0.8);
  });

  it('sets aside a store whose table is missing', async () => {
    await aFilledStore(folder.path, 20);
    await (await openLog(folder.path)).log.close();
    const [table = ''] = await filesOf(folder.path, '.ldb');
    await rm(table);
    await expectSetAside(folder.path, basename(table));
  });

  it.each(['CURRENT', 'MANIFEST'])('sets aside a store whose %s is missing', async (part) => {
    await aFilledStore(folder.path, 20);
    const name = (await readdir(folder.path)).find((file) => file.startsWith(part)) ?? '';
    await rm(join(folder.path, name));
    await expectSetAside(folder.path, basename(await newestJournal(folder.path)));
  });

  it.each(['CURRENT', 'MANIFEST'])('sets aside a store whose %s holds rubbish', async (part) => {
    await aFilledStore(folder.path, 20);
    const name = (await readdir(folder.path)).find((file) => file.startsWith(part)) ?? '';
    await writeFile(join(folder.path, name), 'rubbish that nobody wrote\n');
    await expectSetAside(folder.path, name);
  });

  it('takes a folder that a crash left before anything was written for a new one', async () => {
    await mkdir(folder.path);
    for (const name of ['LOCK', 'LOG', 'MANIFEST-000001', '000001.dbtmp']) {
      await writeFile(join(folder.path, name), '');
    }
    const { log, notices } = await openLog(folder.path);
    await log.close();
    expect(notices).toEqual([]);
  });

  it('keeps every store that it ever set aside', async () => {
    for (const round of [1, 2, 3]) {
      await aFilledStore(folder.path, 3);
      const current = join(folder.path, 'CURRENT');
      await writeFile(current, `rubbish ${round}`);
      await (await openLog(folder.path)).log.close();
      expect(await setAsideBeside(folder.path)).toHaveLength(round);
    }
  });
});
