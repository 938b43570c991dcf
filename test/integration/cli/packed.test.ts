import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { packCli } from '../../../scripts/build/pack-cli.mjs';
import { createCliOf } from '../../support/cli-run.ts';
import { startCliSite } from '../../support/cli-site.ts';
import { freePort } from '../../support/free-port.ts';
import { containedCli } from '../../support/read-only-root.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';
import { projectRoot } from '../../support/sources/source-files.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

const execute = promisify(execFile);
const SERVICE = z.object({
  command: z.array(z.string()),
  healthcheck: z.object({ test: z.array(z.string()) }),
});
const COMPOSE = z.object({ services: z.object({ shelf: SERVICE, keeper: SERVICE }) });
const WRITE = "require('node:fs').writeFileSync('/tmp/klaxon-was-here', '')";

describe('the packed command line', () => {
  let folder: TemporaryFolder;
  const site = startCliSite(async ({ run }) => {
    await run('create-topics');
    await run('create-schemas');
  });
  const installed = () => join(folder.path, 'bin', 'klaxon');
  const addresses = () => ({
    BOOTSTRAP_SERVERS: site().broker.bootstrap,
    SCHEMA_REGISTRY: site().registry.url,
  });

  beforeAll(async () => {
    folder = await createTemporaryFolder('prefix');
    await mkdir(folder.path);
    // Other users run it, too.
    await chmod(dirname(folder.path), 0o755);
    const tarball = await packCli(folder.path);
    const install = ['install', '--global', '--offline', '--prefix', folder.path, tarball];
    await execute('npm', install);
  });

  afterAll(() => folder.remove());

  ownBrokerTest('is installed alone, asking nobody, and works on a real broker', async () => {
    const klaxon = createCliOf(installed(), [], addresses());
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

  ownBrokerTest('runs as the image does: nobody’s user, nothing writable', async ({ skip }) => {
    const text = await readFile(join(projectRoot, 'docker-compose.yml'), 'utf8');
    const { services } = COMPOSE.parse(parse(text, { merge: true }));
    const point = join(folder.path, 'root');
    const node = containedCli(point, [process.execPath], addresses());
    const klaxon = containedCli(point, [installed()], {
      ...addresses(),
      NODE_OPTIONS: '--max-semi-space-size=2',
      MALLOC_MMAP_THRESHOLD_: '131072',
    });
    if (typeof node === 'string') return skip(node);
    if (typeof klaxon === 'string') return skip(klaxon);
    expect((await node.run(['-p', 'process.getuid()'])).stdout).toBe('65534\n');
    expect((await node.run(['-e', WRITE])).stderr).toContain('EROFS');
    for (const { command, healthcheck } of Object.values(services)) {
      const port = await freePort();
      const words = command.map((word) => word.replace('0.0.0.0:9400', `127.0.0.1:${port}`));
      const service = klaxon.follow(words);
      await service.said('"live"');
      const [, program, ...check] = healthcheck.test.map((word) =>
        word.replace('127.0.0.1:9400', `127.0.0.1:${port}`),
      );
      expect(program).toBe('node');
      expect(await node.run(check)).toMatchObject({ code: 0 });
      expect(await service.stop()).toMatchObject({ code: 0, stderr: '' });
    }
  });
});
