import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { addProfile } from '../../adapters/profiles/change-profiles.ts';
import { thisUserSystem, userConfigFolder } from '../../adapters/system/user-folders.ts';
import { epochMs } from '../../core/lib/units.ts';
import { answered } from '../support/answered.ts';
import { createTestCli } from '../support/cli-run.ts';
import { test as base } from '../support/e2e-console.ts';
import { consolePage, expectPhase } from '../support/e2e-page.ts';
import { whyNoBroker } from '../support/java-process.ts';
import { NO_KEYRING, startPrivateKeyring, whyNoKeyring } from '../support/private-keyring.ts';
import { startRegistry } from '../support/schema-registry.ts';
import { startSecureSite } from '../support/secure-site.ts';

const SECRET = 'admin-secret';

/** A console is started for a user with one profile, `plant`, of a broker with TLS and log-ins; no keyring is open. */
const test = base.extend<{ readonly profiled: Readonly<Record<string, string>> }, SecuredFixtures>({
  mechanism: ['scram-sha-512', { option: true, scope: 'worker' }],
  secured: [
    async ({ mechanism }, use) => {
      const reason = await whyNoBroker();
      if (reason !== null) return use({ reason });
      const [site, registry] = await Promise.all([startSecureSite(), startRegistry()]);
      const { secure, ca } = site.broker;
      await use({ servers: secure, ca, registry: registry.url, mechanism });
      await Promise.all([site.stop(), registry.stop()]);
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  profiled: async ({ secured, freshFolder }, use, info) => {
    if ('reason' in secured) {
      if (process.env['CI'] === 'true') throw new Error(secured.reason);
      info.skip(true, secured.reason);
      return;
    }
    const config = await freshFolder();
    const ca = join(config, 'ca.pem');
    await writeFile(ca, secured.ca);
    const env = { XDG_CONFIG_HOME: config, ...NO_KEYRING };
    const path = join(userConfigFolder(thisUserSystem(env)), 'profiles.json');
    await mkdir(join(config, 'Klaxon'), { recursive: true });
    answered(
      await addProfile({ path, now: epochMs(0) }, 'plant', {
        'bootstrap-servers': secured.servers,
        registry: secured.registry,
        'tls-ca': ca,
        'sasl-mechanism': secured.mechanism,
        'sasl-username': 'admin',
      }),
    );
    await use(env);
  },
});

interface SecuredFixtures {
  /** How the profile logs in. */
  readonly mechanism: string;
  readonly secured: Secured | { readonly reason: string };
}

interface Secured {
  readonly servers: string;
  readonly ca: string;
  readonly registry: string;
  readonly mechanism: string;
}

const ARGS = ['--profile', 'plant', '--create-topics'];

test.describe.configure({ timeout: 120_000 });

test('a console watches the secured broker of its profile, and names it', async ({
  open,
  profiled,
}) => {
  const env = { ...profiled, KLAXON_SASL_PASSWORD: SECRET };
  const { app, page, userFolder } = await open({ env, args: ARGS });
  await expectPhase(consolePage(page), 'live', 60_000);
  await expect(page.getByText(/^plant · .+@/)).toBeVisible();
  // Desktop and command line look for profiles in the same place.
  const settings = await app.evaluate((electron) => electron.app.getPath('appData'));
  expect(userConfigFolder(thisUserSystem(env))).toBe(join(settings, 'Klaxon'));
  expect(await everythingIn(userFolder)).not.toContain(SECRET);
});

test('a wrong password is refused in a sentence', async ({ open, profiled }) => {
  const env = { ...profiled, KLAXON_SASL_PASSWORD: 'guess', KLAXON_PROFILE: 'plant' };
  const view = consolePage((await open({ env })).page);
  await expectPhase(view, 'failed', 60_000);
  await expect(view.problem).toContainText(/refused the connection as admin/);
  await expect(view.problem).toContainText('Check user, password and mechanism');
});

test('a password that is known nowhere is asked for, and found once it is kept', async ({
  open,
  profiled,
}) => {
  const reason = whyNoKeyring();
  const keyring = reason === null ? await startPrivateKeyring() : null;
  const env = { ...profiled, ...keyring?.env };
  const view = consolePage((await open({ env, args: ARGS })).page);
  await expect(view.problem).toContainText(/No password of admin .* for the profile plant/);
  await expect(view.problem).toContainText('Start Klaxon with KLAXON_SASL_PASSWORD set');
  if (keyring === null) return;
  const cli = await createTestCli({ ...env, KLAXON_SASL_PASSWORD: SECRET });
  expect(await cli.run(['profiles', 'set-secret', 'plant'])).toMatchObject({ code: 0 });
  await expectPhase(view, 'live', 60_000);
  await keyring.stop();
});

test('a profile that is not there is said, with those that are', async ({ open, profiled }) => {
  const view = consolePage((await open({ env: profiled, args: ['--profile', 'plnt'] })).page);
  await expectPhase(view, 'failed');
  await expect(view.problem).toContainText('There is no profile plnt');
  await expect(view.problem).toContainText('There are: plant');
});

/** Everything that a console has written, logs too. */
async function everythingIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')),
  );
  return texts.join('\n');
}
