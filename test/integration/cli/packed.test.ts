import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { packCli } from '../../../scripts/build/pack-cli.mjs';
import { createCliOf } from '../../support/cli-run.ts';
import { startCliSite } from '../../support/cli-site.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

const execute = promisify(execFile);

describe('the packed command line', () => {
  let folder: TemporaryFolder;
  const site = startCliSite(async ({ run }) => {
    await run('create-topics');
    await run('create-schemas');
  });

  beforeAll(async () => {
    folder = await createTemporaryFolder('prefix');
    await mkdir(folder.path);
  });

  afterAll(() => folder.remove());

  ownBrokerTest('is installed alone, asking nobody, and works on a real broker', async () => {
    const tarball = await packCli(folder.path);
    const install = ['install', '--global', '--offline', '--prefix', folder.path, tarball];
    await execute('npm', install);
    const { broker, registry } = site();
    const klaxon = createCliOf(join(folder.path, 'bin', 'klaxon'), [], {
      BOOTSTRAP_SERVERS: broker.bootstrap,
      SCHEMA_REGISTRY: registry.url,
    });
    expect((await klaxon.run(['--version'])).stdout).toMatch(/^klaxon \d+\.\d+\.\d+\n$/);
    expect(await klaxon.run(['set-active-alarming', '--alarming', 'P1'])).toMatchObject({
      code: 0,
    });
    expect((await klaxon.run(['list-active', '--nometa'])).stdout).toContain("'P1'");
    const config = { XDG_CONFIG_HOME: folder.path, DBUS_SESSION_BUS_ADDRESS: 'disabled:' };
    const profiles = createCliOf(join(folder.path, 'bin', 'klaxon'), [], config);
    const plant = ['plant', '--bootstrap-servers', 'kafka:9092', '--sasl-username', 'alice'];
    expect(await profiles.run(['profiles', 'add', ...plant])).toMatchObject({ code: 0 });
    // The binding to the keyring came along: what is missing is a keyring, not a module.
    const refused = await profiles.run(['profiles', 'set-secret', 'plant']);
    expect(refused.stderr).toMatch(/No keyring is open here \((?!.*Cannot find)/);
    const log = join(folder.path, 'log');
    expect(await klaxon.run(['create-topics', '--embedded', log])).toMatchObject({ code: 0 });
    const root = join(folder.path, 'lib', 'node_modules', 'klaxon');
    for (const file of [
      'schemas/active-alarms-key.avsc',
      'completions/klaxon.fish',
      'man/klaxon.1',
    ]) {
      expect((await readFile(join(root, file), 'utf8')).length).toBeGreaterThan(100);
    }
  });
});
