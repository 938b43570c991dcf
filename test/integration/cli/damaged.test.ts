import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { startCliSite } from '../../support/cli-site.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';

const SEGMENT = join('data', 'active-alarms-0', '00000000000000000000.log');

/** A log on whose disk one bit of the record of `ROTTEN` has tipped over: the broker hands it out without a word. */
const site = startCliSite(async ({ broker, run, other }) => {
  await run('create-topics');
  await run('create-schemas');
  await other.connect();
  for (const name of ['BEFORE', 'ROTTEN', 'AFTER']) await other.raise(name, 'MAJOR');
  const segment = join(broker.dir, SEGMENT);
  const bytes = await readFile(segment);
  const at = bytes.indexOf('ROTTEN');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(segment, bytes, { flag: 'r+' });
});

describe('a log that is damaged on the broker’s disk', () => {
  ownBrokerTest(
    'is listed with what can be read, and by no means as if it were whole',
    async () => {
      const listed = await site().run('list-active --nometa');
      expect(listed.code).toBe(1);
      expect(listed.stdout.match(/BEFORE|SOTTEN|ROTTEN|AFTER/g)).toEqual(['BEFORE', 'AFTER']);
      expect(listed.stderr).toContain('active-alarms');
      expect(listed.stderr).toContain('The list is not complete');
    },
  );

  ownBrokerTest('is no healthy site', async () => {
    const checked = await site().run('check-up --json');
    expect(checked.code).toBe(4);
    expect(JSON.parse(checked.stdout)).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({
          part: 'damage',
          finding: 'warning',
          message: expect.stringContaining('active-alarms is damaged: offsets 1 to 1'),
        }),
      ]),
    });
  });

  ownBrokerTest('gives a backup that says so itself, also to whoever brings it back', async () => {
    const exported = await site().run('export active-alarms');
    expect(exported.code).toBe(1);
    expect(exported.stderr).toContain('The export is not complete');
    const last = exported.stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toEqual({ klaxonExportEnd: { records: 2, unreadable: 1 } });
    const imported = await site().run('import --append', exported.stdout);
    expect(imported.stderr).toContain('could not be read when it was written: 1.');
    expect(imported.code).toBe(0);
  });
});
