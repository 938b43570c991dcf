import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import { ALARM_JOURNAL, ALARM_OCCURRENCES, ALARM_TOPICS } from '../../../schemas/topics.ts';
import { type CliSite, startCliSite } from '../../support/cli-site.ts';
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
  await other.raise('B3', 'MINOR');
});

const to = startCliSite(async ({ run }) => {
  // Another schema first, so that no id is what it was.
  await run('create-schemas --generation seed1');
  await run('create-topics');
});

/** Until it has written what stands: an occurrence of each alarm, and with it the journal. */
async function runKeeper({ run, follow }: CliSite): Promise<void> {
  const keeper = follow('serve keeper --http-address off');
  const keptOccurrences = async () =>
    recordsOf((await run(`export ${ALARM_OCCURRENCES}`)).stdout).length;
  await expect.poll(keptOccurrences, { timeout: 30_000 }).toBe(2);
  await keeper.stop();
}

describe('a backup', () => {
  ownBrokerTest('comes back on another site, where schemas have other ids', async () => {
    const folder = await createTemporaryFolder('backup');
    await mkdir(folder.path);
    await runKeeper(from());
    const file = join(folder.path, 'backup.jsonl');
    expect(await from().run(['export', '--file', file])).toMatchObject({ code: 0, stdout: '' });
    expect(await from().run(['export', '--file', file])).toMatchObject({ code: 2 });
    const imported = await to().run(['import', '--file', file]);
    expect(imported).toMatchObject({ code: 0 });
    // With times and audit headers.
    for (const list of ['list-registered', 'list-active', 'list-shelved']) {
      const line = `${list} --all`;
      expect((await to().run(line)).stdout).toBe((await from().run(line)).stdout);
    }
    const [before, after] = [await readFile(file, 'utf8'), (await to().run('export')).stdout];
    for (const topic of [...ALARM_TOPICS, ALARM_JOURNAL]) {
      const wanted = contentsOf(before, topic);
      expect(wanted.length, topic).toBeGreaterThan(0);
      expect(contentsOf(after, topic), topic).toEqual(wanted);
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
    const unplaced = (text: string) => recordsOf(text).map((record) => ({ ...record, offset: 0 }));
    const old = unplaced(before.stdout);
    expect(unplaced(after.stdout).slice(-old.length)).toEqual(old);
  });

  ownBrokerTest('that is none, or not whole, is refused', async () => {
    const { run } = from();
    expect(await run('import', 'hello\n')).toMatchObject({ code: 2 });
    const lines = (await run('export registered-alarms')).stdout.trimEnd().split('\n');
    const cut = await run('import --append', `${lines.slice(0, -1).join('\n')}\n`);
    expect(cut).toMatchObject({ code: 2, stdout: '' });
    expect(cut.stderr).toContain('This export is not whole');
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

const RECORD = z.object({
  topic: z.string(),
  timestampAt: z.number(),
  key: z.string(),
  value: z.nullable(z.string()),
  headers: z.array(z.unknown()),
  partition: z.number(),
});

function recordsOf(text: string) {
  const lines = text.split('\n').filter((line) => line.includes('"timestampAt"'));
  return lines.map((line) => RECORD.parse(JSON.parse(line)));
}

/** What an export holds of a topic, without what is another on another site: ids of schemas, offsets, the log’s own stamps. */
function contentsOf(text: string, topic: string) {
  return recordsOf(text)
    .filter((record) => record.topic === topic)
    .map(({ key, value, headers, partition, timestampAt }) => ({
      key: withoutId(key),
      value: value === null ? null : withoutId(value),
      headers,
      partition,
      timestampAt: [ALARM_OCCURRENCES, ALARM_JOURNAL].includes(topic) ? 'stamped' : timestampAt,
    }));
}

function withoutId(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.subarray(bytes[0] === 0 ? 5 : 0).toString('hex');
}
