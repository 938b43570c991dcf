import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronArguments } from '../../../scripts/electron-runtime.mjs';
import { startVirtualDisplay } from '../../../scripts/process/virtual-display.mjs';
import { findProgram } from '../../../scripts/set-up/run.mjs';
import { createCliOf, type TestCli } from '../../support/cli-run.ts';
import { startCliSite } from '../../support/cli-site.ts';
import { buildPlainDeb, createPackageRoot, type PackageRoot } from '../../support/linux-package.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

const execute = promisify(execFile);
const ENABLED = '1'.charCodeAt(0);

describe.runIf(findProgram('dpkg-deb') !== undefined)('the package for Debian', () => {
  let folder: TemporaryFolder;
  let root: PackageRoot;
  let klaxon: TestCli;
  const at = (...names: readonly string[]) => join(root.path, ...names);
  const site = startCliSite(async ({ run }) => {
    await run('create-topics');
    await run('create-schemas');
  });

  beforeAll(async () => {
    folder = await createTemporaryFolder('packages');
    root = await createPackageRoot(join(folder.path, 'root'));
    await root.install(await buildPlainDeb(join(folder.path, 'dist')));
    const home = join(folder.path, 'home');
    klaxon = createCliOf(at('usr/bin/klaxon'), [], {
      ...{ DISPLAY: '', WAYLAND_DISPLAY: '', HOME: home, XDG_CACHE_HOME: join(home, 'cache') },
      // What must not reach the program, and what a shell inside another Electron program hands down.
      ...{ NODE_OPTIONS: '--require /nowhere.cjs', ELECTRON_RUN_AS_NODE: '1' },
    });
  });

  afterAll(() => folder.remove());

  it('brings manual, completions, unit files, icon and menu entry', async () => {
    const page = gunzipSync(await readFile(at('usr/share/man/man1/klaxon.1.gz'))).toString();
    expect(page).toContain('.TH KLAXON 1');
    const bash = at('usr/share/bash-completion/completions/klaxon');
    expect((await execute('bash', ['-c', `. ${bash}; complete -p klaxon`])).stdout).toContain(
      'klaxon',
    );
    for (const file of [
      'usr/share/zsh/vendor-completions/_klaxon',
      'usr/share/fish/vendor_completions.d/klaxon.fish',
      'usr/share/icons/hicolor/scalable/apps/klaxon.svg',
      'usr/lib/systemd/system/klaxon-shelf.service',
      'usr/lib/systemd/system/klaxon-keeper.service',
    ]) {
      expect(await stat(at(file))).toMatchObject({ mode: 0o100644 });
    }
    const entry = await readFile(at('usr/share/applications/klaxon.desktop'), 'utf8');
    expect(entry).toContain('\nExec=/opt/Klaxon/klaxon %U\n');
    // Installed, not switched on.
    expect((await root.files()).filter((file) => file.includes('.wants/'))).toEqual([]);
  });

  it('switches off what a window must not be started with', async () => {
    const wire = await getCurrentFuseWire(at('opt/Klaxon/klaxon-console'));
    expect(wire[FuseV1Options.RunAsNode]).toBe(ENABLED);
    expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(ENABLED);
    expect(wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).not.toBe(ENABLED);
    expect(wire[FuseV1Options.EnableNodeCliInspectArguments]).not.toBe(ENABLED);
  });

  it('runs commands without a display, and says nothing but their own words', async () => {
    const log = ['--embedded', join(folder.path, 'log')];
    expect(await klaxon.run(['--version'])).toMatchObject({ code: 0, stderr: '' });
    expect(await klaxon.run(['create-topics', ...log])).toMatchObject({ code: 0, stderr: '' });
    const set = ['set-active-alarming', '--alarming', 'P1', ...log];
    expect(await klaxon.run(set)).toMatchObject({ code: 0, stderr: '' });
    expect(await klaxon.run(['list-active', '--nometa', ...log])).toEqual({
      code: 0,
      stdout: "{'name': 'P1', 'type': 'Alarming'} = {'msg': {'alarming': True}}\n",
      stderr: '',
    });
    expect(await klaxon.run(['no-such-command'])).toMatchObject({ code: 2, stdout: '' });
  });

  it('takes its input from a pipe, and ends quietly where nobody reads on', async () => {
    const kept = join(folder.path, 'kept.jsonl');
    const log = ['--embedded', join(folder.path, 'log')];
    const empty = ['--embedded', join(folder.path, 'other-log')];
    expect(await klaxon.run(['export', '--file', kept, ...log])).toMatchObject({ code: 0 });
    expect(await klaxon.run(['create-topics', ...empty])).toMatchObject({ code: 0 });
    const records = await readFile(kept, 'utf8');
    expect(await klaxon.run(['import', ...empty], records)).toMatchObject({ code: 0 });
    expect((await klaxon.run(['list-active', ...empty])).stdout).toContain("'P1'");
    const line = `${at('usr/bin/klaxon')} completions fish | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await execute('bash', ['-c', line]);
    expect({ last: stdout.trimEnd().split('\n').at(-1), stderr }).toEqual({
      last: '0',
      stderr: '',
    });
  });

  it('says that the window needs a display, where there is none', async () => {
    const opened = await klaxon.run([]);
    expect(opened).toMatchObject({ code: 69, stdout: '' });
    expect(opened.stderr).toContain('klaxon --help');
  });

  it('opens the window where there is a display', async () => {
    const display = await startVirtualDisplay();
    const { env } = display;
    const shown = createCliOf(at('usr/bin/klaxon'), [], {
      ...{ DISPLAY: env['DISPLAY'] ?? '', KLAXON_REPORT: '1', ELECTRON_RUN_AS_NODE: '1' },
      DBUS_SESSION_BUS_ADDRESS: env['DBUS_SESSION_BUS_ADDRESS'] ?? '',
    });
    const profile = `--user-data-dir=${join(folder.path, 'profile')}`;
    const console = shown.follow([profile, ...electronArguments().args]);
    await console.said('"phase":"live"');
    await console.stop();
    await display.stop();
  });

  ownBrokerTest('works on a real broker, follows until Ctrl+C, and serves', async () => {
    const { broker, registry } = site();
    const address = ['--bootstrap-servers', broker.bootstrap, '--registry', registry.url];
    const set = ['set-active-alarming', '--alarming', 'P2', ...address];
    expect(await klaxon.run(set)).toMatchObject({ code: 0, stderr: '' });
    const follow = klaxon.follow(['list-active', '--follow', ...address]);
    await follow.said("'P2'");
    expect(await follow.stop()).toMatchObject({ code: 0, stderr: '' });
    const shelf = klaxon.follow(['serve', 'shelf', ...address, '--http-address', 'off']);
    await shelf.said('"live"');
    expect(await shelf.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('leaves nothing but what its users have made, when it is removed', async () => {
    await root.remove('klaxon');
    expect(await root.files()).toEqual([]);
    expect(existsSync(join(folder.path, 'log'))).toBe(true);
  });
});
