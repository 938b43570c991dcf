import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestCli } from '../../support/cli-run.ts';
import { wordsOf } from '../../support/command-words.ts';
import { projectRoot } from '../../support/sources/source-files.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

const PROGRAM = join(projectRoot, 'node_modules', '.cache', 'klaxon-test-cli', 'klaxon.cjs');
let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await createTemporaryFolder('alarm-log');
  const cli = await createTestCli({});
  for (const line of ['create-topics', 'set-active-alarming --alarming A1']) {
    const done = await cli.run([...wordsOf(line), '--embedded', folder.path]);
    expect(done).toMatchObject({ code: 0 });
  }
});

afterAll(() => folder.remove());

/** A list of that log, with its output sent somewhere by a shell. */
function listInto(rest: string) {
  const line = `set -o pipefail; "$0" "$1" list-active --embedded "$2" ${rest}`;
  const args = ['-c', line, process.execPath, PROGRAM, folder.path];
  const { status, stderr } = spawnSync('bash', args, { encoding: 'utf8' });
  return { status, stderr };
}

describe('a command that is disturbed', () => {
  it.each(['list-active', 'list-active --follow', 'acknowledge A1', 'export'])(
    'ends at Ctrl+C while %s waits for a broker that does not answer',
    async (line) => {
      const silent = createServer((socket) => socket.on('error', () => undefined));
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', () => resolve()));
      const address = silent.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      const cli = await createTestCli({
        BOOTSTRAP_SERVERS: `127.0.0.1:${port}`,
        SCHEMA_REGISTRY: `http://127.0.0.1:${port}`,
      });
      const asked = new Promise((resolve) => silent.once('connection', resolve));
      const running = cli.follow([...wordsOf(line), '--timeout', '60']);
      await asked;
      // Ended by the signal itself: no code, which a shell shows as 130.
      expect(await running.stop()).toEqual({ code: null, stdout: '', stderr: '' });
      silent.close();
    },
  );

  it('says nothing where nobody reads on, and fails where its output finds no room', () => {
    expect(listInto('| head -c 1 > /dev/null')).toEqual({ status: 0, stderr: '' });
    const full = listInto('> /dev/full');
    expect(full.status).toBe(1);
    expect(full.stderr).toContain('What was to be printed is not whole: the disk is full.');
  });
});
