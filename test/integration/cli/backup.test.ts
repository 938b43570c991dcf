import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { startCliSite } from '../../support/cli-site.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';
import { createTemporaryFolder } from '../../support/temporary-folder.ts';

const from = startCliSite(async ({ run, other }) => {
  await run('create-topics');
  await run('create-schemas');
  await other.connect();
  await other.register('B1', { isLatching: true });
  await other.raise('B1', 'MAJOR');
  await other.shelve('B1', 4_102_444_800_000, 'Ψ');
  await run('set-shelved --unset B2');
});

const to = startCliSite(async ({ run }) => {
  // Another schema first, so that no id is what it was.
  await run('create-schemas --generation seed1');
  await run('create-topics');
});

describe('a backup', () => {
  ownBrokerTest('comes back on another site, where schemas have other ids', async () => {
    const folder = await createTemporaryFolder('backup');
    await mkdir(folder.path);
    const file = join(folder.path, 'backup.jsonl');
    expect(await from().run(['export', '--file', file])).toMatchObject({ code: 0, stdout: '' });
    expect(await from().run(['export', '--file', file])).toMatchObject({ code: 2 });
    const imported = await to().run(['import', '--file', file]);
    expect(imported).toMatchObject({ code: 0, stdout: '4 messages delivered\n' });
    for (const list of ['list-registered', 'list-active', 'list-shelved']) {
      const line = `${list} --all --nometa`;
      expect((await to().run(line)).stdout).toBe((await from().run(line)).stdout);
    }
    const twice = await to().run(['import', '--file', file]);
    expect(twice).toMatchObject({ code: 2 });
    expect(twice.stderr).toContain('--append');
    await folder.remove();
  });

  ownBrokerTest('is exact to the byte on the same site', async () => {
    const { run } = from();
    const before = await run('export shelved-alarms');
    expect(await run('import --append', before.stdout)).toMatchObject({ code: 0 });
    const after = await run('export shelved-alarms');
    const records = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.includes('"timestampAt"'))
        .map((line) => ({ ...JSON.parse(line), offset: 0 }));
    const old = records(before.stdout);
    expect(records(after.stdout).slice(-old.length)).toEqual(old);
  });

  ownBrokerTest('that is none is refused, naming the line', async () => {
    const { run } = from();
    expect(await run('import', 'hello\n')).toMatchObject({ code: 2 });
    const bad = await run('import', '{"klaxonExport":1,"topics":[]}\n{"a":1}\n');
    expect(bad.stderr).toContain('Line 2 is neither a schema nor a record.');
  });
});

/** So that a reader of this file sees what an export looks like. */
describe('an export', () => {
  ownBrokerTest('begins with its topics and schemas', async () => {
    const folder = await createTemporaryFolder('export');
    await mkdir(folder.path);
    const { stdout } = await from().run('export registered-alarms');
    await writeFile(join(folder.path, 'a'), stdout);
    const [head, schema] = (await readFile(join(folder.path, 'a'), 'utf8')).split('\n');
    expect(JSON.parse(head ?? '')).toEqual({ klaxonExport: 1, topics: ['registered-alarms'] });
    expect(JSON.parse(schema ?? '')).toMatchObject({ subject: 'registered-alarms-value' });
    await folder.remove();
  });
});
