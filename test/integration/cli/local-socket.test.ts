import { spawnSync } from 'node:child_process';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTestCli } from '../../support/cli-run.ts';
import { startEmbeddedCli } from '../../support/embedded-cli.ts';
import { holdAndOffer } from '../../support/offered-log.ts';

const embedded = startEmbeddedCli();
const run = (line: string) => embedded().run(line);

describe('the command line on the log that another process holds', () => {
  it('makes topics, writes, acknowledges and lists through the socket', async () => {
    const console = await holdAndOffer(embedded().folder);
    expect(await run('create-topics')).toMatchObject({ code: 0 });
    expect(await run('set-active-alarming-epics --sevr MAJOR E1')).toMatchObject({ code: 0 });
    expect(await run('acknowledge E1')).toMatchObject({ code: 0, stdout: 'E1 acknowledged\n' });
    const listed = await run('list-active');
    await console.close();
    expect(listed.stdout).toContain('klaxon-cli');
    expect(listed.stdout).toContain("'AckEPICS'");
    expect(console.misbehaved).toEqual([]);
  });

  it('follows over a restart of the console: nothing twice, nothing lost', async () => {
    const first = await holdAndOffer(embedded().folder);
    for (const name of ['F1', 'F2']) await run(`set-active-alarming --alarming ${name}`);
    const line = ['list-active', '--follow', '--nometa', '--embedded', embedded().folder];
    const following = embedded().cli.follow(line);
    await following.said("'F2'");
    await run('set-active-alarming --alarming F3');
    await following.said("'F3'");
    await first.close();
    await run('set-active-alarming --alarming F4');
    await run('set-active-alarming --unset F1');
    const second = await holdAndOffer(embedded().folder);
    await following.said("'F4'");
    await run('set-active-alarming --alarming F5');
    await following.said("'F5'");
    const { code, stdout, stderr } = await following.stop();
    await second.close();
    expect(code).toBe(0);
    expect(stdout.match(/'F\d'/g)).toEqual(["'F1'", "'F2'", "'F3'", "'F4'", "'F1'", "'F5'"]);
    expect(stderr).toContain('Connected again');
  });

  it('lets only its user reach the socket', async () => {
    const console = await holdAndOffer(embedded().folder);
    const modes = [await stat(dirname(console.path)), await stat(console.path)];
    await console.close();
    expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o600]);
  });

  it('is refused to another user, even where the folders are opened to all', async ({ skip }) => {
    const asNobody = (script: string) =>
      spawnSync('runuser', ['-u', 'nobody', '--', process.execPath, '-e', script], {
        cwd: '/',
        encoding: 'utf8',
      });
    if (process.getuid?.() !== 0) skip('only root can act as another user');
    if (asNobody('').status !== 0) skip('nobody cannot run Node here');
    const console = await holdAndOffer(embedded().folder);
    const knock = `require('net').connect(${JSON.stringify(console.path)}, () => { process.stdout.write('in'); process.exit() }).on('error', ({ code }) => process.stdout.write(code))`;
    for (const opened of [dirname(embedded().folder), embedded().folder])
      await chmod(opened, 0o755);
    expect(asNobody(knock).stdout).toBe('EACCES');
    await chmod(dirname(console.path), 0o755);
    expect(asNobody(knock).stdout).toBe('EACCES');
    const refused = await run('list-active');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('is not this user’s alone');
    await console.close();
  });

  it('is found where the path of the log is too long for a socket', async () => {
    const deep = join(embedded().folder, '..', 'd'.repeat(80), 'alarm-log');
    const session = join(embedded().folder, '..', 'run');
    await mkdir(dirname(deep));
    await mkdir(session);
    const console = await holdAndOffer(deep, {
      platform: process.platform,
      uid: process.getuid?.(),
      runtimeFolder: session,
      temporaryFolder: session,
    });
    expect(dirname(console.path)).toBe(join(session, 'klaxon'));
    const far = await createTestCli({ XDG_RUNTIME_DIR: session });
    const made = await far.run(['create-topics', '--embedded', deep]);
    await console.close();
    expect(made).toMatchObject({ code: 0, stderr: '' });
  });
});
