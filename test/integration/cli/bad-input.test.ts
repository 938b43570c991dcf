import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../adapters/system/system-clock.ts';
import { NobodyError } from '../../../cli/command/nobody-error.ts';
import { run as runHere } from '../../../cli/run.ts';
import { createFakeTerminal } from '../../fakes/fake-terminal.ts';
import { startEmbeddedCli } from '../../support/embedded-cli.ts';
import { freePort } from '../../support/free-port.ts';

const embedded = startEmbeddedCli();
const run = (...words: readonly string[]) => embedded().cli.run(words);

/** What every error is, whatever was typed. */
async function refused(code: number, ...words: readonly string[]) {
  const ran = await run(...words);
  expect(ran).toMatchObject({ code, stdout: '' });
  expect(ran.stderr).toMatch(/^klaxon: \P{Cc}+\n$/u);
  expect(ran.stderr).not.toMatch(/\bat .*:\d+:\d+|ENOENT|EISDIR|undefined|\[object/);
  return ran.stderr;
}

describe('what cannot be', () => {
  it('is told on one line that steers no terminal and fills no screen', async () => {
    const told = await refused(2, 'list-active', '--a\n\u001b[31mb');
    expect(told).toContain('There is no option --a\\n\\x1b[31mb.');
    expect((await refused(2, 'list-active', `--${'x'.repeat(10_240)}`)).length).toBeLessThan(400);
    expect((await refused(2, '🔔'.repeat(2_000))).length).toBeLessThan(400);
  });

  it('is a file under the log that is to be made', async () => {
    const file = `${embedded().folder}-file`;
    await writeFile(file, 'no folder');
    const said = `No alarm store can be kept in ${file}: it is a file, not a folder.`;
    expect(await refused(1, 'create-topics', '--embedded', file)).toContain(said);
    expect(await refused(1, 'create-topics', '--embedded', join(file, 'log'))).toContain(
      'a part of its path is a file, not a folder. Choose another folder.',
    );
  });

  it('is a file in which nothing may be overwritten', async () => {
    const folder = `${embedded().folder}-kept`;
    expect(await run('create-topics', '--embedded', folder)).toMatchObject({ code: 0 });
    const file = `${folder}.jsonl`;
    await writeFile(file, 'kept');
    expect(await refused(2, 'export', '--embedded', folder, '--file', file)).toContain(
      `The file ${file} cannot be written: it exists already. Choose another with --file.`,
    );
  });

  it('leaves no empty file behind, in the way of the next backup', async () => {
    const file = `${embedded().folder}-none.jsonl`;
    const nowhere = ['--bootstrap-servers', `127.0.0.1:${await freePort()}`, '--timeout', '1'];
    await refused(1, 'export', '--file', file, ...nowhere);
    expect(existsSync(file)).toBe(false);
  });

  it('is a log-in at a registry, which is told without its password', async () => {
    const url = `http://alice:secret@127.0.0.1:${await freePort()}`;
    const told = await refused(1, 'list-schemas', '--registry', url);
    expect(told).toContain('http://alice@127.0.0.1:');
    expect(told).not.toContain('secret');
  });
});

describe('a server that takes connections and says nothing', () => {
  let server: Server | undefined;
  let port = 0;
  beforeAll(async () => {
    port = await freePort();
    server = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
  });
  afterAll(() => server?.close());

  it.each(['list-topics', 'list-active', 'acknowledge x', 'check-up', 'client', 'list-groups'])(
    'is given up by %s, in the time that was given',
    async (line) => {
      const address = ['--bootstrap-servers', `127.0.0.1:${port}`, '--timeout', '1'];
      const told = await refused(1, ...line.split(' '), ...address);
      expect(told).toMatch(/does not answer|did not answer/);
    },
  );
});

describe('an account without a name', () => {
  it('reads, and writes nothing', async () => {
    const folder = `${embedded().folder}-nobody`;
    const as = async (...words: readonly string[]) => {
      const terminal = createFakeTerminal();
      const code = await runHere([...words, '--embedded', folder], {
        terminal,
        env: {},
        clock: createSystemClock(),
        identity: () => {
          throw new NobodyError(12_345, new Error('uv_os_get_passwd returned ENOENT'));
        },
      });
      return { code, written: terminal.written(), told: terminal.told().join('\n') };
    };
    expect(await as('create-topics')).toMatchObject({ code: 0 });
    const writes = ['set-active-alarming x', 'set-shelved --unset x', 'set-active --unset x'];
    for (const line of writes) {
      const { code, told } = await as(...line.split(' '));
      expect(told).toContain('The account 12345 has no name on this computer, so nothing was');
      expect(code).toBe(1);
    }
    expect(await as('list-active')).toMatchObject({ code: 0, written: '' });
    expect(await as('list-shelved')).toMatchObject({ code: 0, written: '' });
    expect(await as('check-up')).toMatchObject({ code: 0 });
  });

  it('lists profiles, of which it has none, without a home too', async () => {
    const [command = '', ...before] = embedded().cli.program;
    // Only root can be another account.
    const account = process.getuid?.() === 0 ? { uid: 12_345 } : {};
    const words = [...before, 'profiles', 'list'];
    const ran = await promisify(execFile)(command, words, { ...account, env: {} });
    expect(ran).toEqual({ stderr: '', stdout: '' });
  });
});
