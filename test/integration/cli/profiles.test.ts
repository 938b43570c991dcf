import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type CliRun, createTestCli } from '../../support/cli-run.ts';
import { wordsOf } from '../../support/command-words.ts';
import { whyNoBroker } from '../../support/java-process.ts';
import {
  NO_KEYRING,
  type PrivateKeyring,
  startPrivateKeyring,
  whyNoKeyring,
} from '../../support/private-keyring.ts';
import { type SecureSite, startSecureSite } from '../../support/secure-site.ts';
import { serving } from '../../support/serving.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { runOnTerminal, whyNoTerminal } from '../../support/terminal-run.ts';

const SECRET = 'admin-secret';
const PASSWORD = { KLAXON_SASL_PASSWORD: SECRET };

let folder: TemporaryFolder;
let site: SecureSite | undefined;
let keyring: PrivateKeyring | undefined;

beforeAll(async () => {
  folder = await createTemporaryFolder('config');
  await mkdir(folder.path);
  if ((await whyNoBroker()) !== null) return;
  site = await startSecureSite();
  if (whyNoKeyring() === null) keyring = await startPrivateKeyring();
  await writeFile(join(folder.path, 'ca.pem'), site.broker.ca);
  const log = `--sasl-username admin --tls-ca ${join(folder.path, 'ca.pem')}`;
  const line = `profiles add plant --bootstrap-servers ${site.broker.secure} ${log}`;
  expect(await run(line)).toMatchObject({ code: 0, stdout: 'profile plant added\n' });
});

afterAll(async () => {
  await Promise.all([site?.stop(), keyring?.stop()]);
  await folder.remove();
});

type Variables = Readonly<Record<string, string>>;

function variables(more: Variables): Variables {
  return { XDG_CONFIG_HOME: folder.path, BOOTSTRAP_SERVERS: '', ...NO_KEYRING, ...more };
}

/** Runs a command of a user for whom no keyring is open, unless the test says otherwise. */
async function run(line: string, env: Variables = {}): Promise<CliRun> {
  const cli = await createTestCli(variables(env));
  return cli.run(wordsOf(line));
}

/** The same on a terminal, for a person who types. */
async function typed(line: string, after: string, keys: string) {
  const { program } = await createTestCli({});
  return runOnTerminal([...program, ...wordsOf(line)], variables({}), [{ after, keys }]);
}

describe('a profile of a secured broker', () => {
  ownBrokerTest('is reached with the password of the variable', async () => {
    const done = await run('list-topics --profile plant', PASSWORD);
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toContain('active-alarms\n');
    expect(await run('list-topics', { ...PASSWORD, KLAXON_PROFILE: 'plant' })).toEqual(done);
  });

  ownBrokerTest('without any password says where it could come from', async () => {
    const missing = await run('list-topics --profile plant');
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toContain('set KLAXON_SASL_PASSWORD, or run this on a terminal');
    expect(missing.stderr).toContain('klaxon profiles set-secret plant');
    const refused = await run('profiles set-secret plant', PASSWORD);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('No keyring is open here');
  });

  ownBrokerTest(
    'is reached with a password that a person types, which nobody sees',
    async ({ skip }) => {
      const reason = whyNoTerminal();
      if (reason !== null) skip(reason);
      const done = await typed('list-topics --profile plant', 'Password of admin: ', `${SECRET}\r`);
      expect(done.code).toBe(0);
      expect(done.seen).toContain('active-alarms');
      expect(done.seen).not.toContain(SECRET);
      const wrong = await typed('list-topics --profile plant', 'Password of admin: ', 'guess\r');
      expect(wrong.code).toBe(1);
      expect(wrong.seen).toMatch(/refused the connection as admin/);
      expect(wrong.seen).not.toContain('guess');
      const ended = await typed('list-topics --profile plant', 'Password of admin: ', 'gue\u0003');
      expect(ended.code).toBe(130);
      expect(ended.seen).not.toContain('gue\r');
    },
  );

  ownBrokerTest('keeps its password in a real keyring, and nowhere else', async ({ skip }) => {
    const open = keyring?.env;
    if (open === undefined) return skip(whyNoKeyring() ?? '');
    const kept = await run('profiles set-secret plant', { ...open, ...PASSWORD });
    expect(kept).toMatchObject({ code: 0, stderr: '' });
    const wrong = { KLAXON_SASL_PASSWORD: 'guess' };
    expect(await run('list-topics --profile plant', { ...open, ...wrong })).toMatchObject({
      code: 0,
    });
    const shown = await run('profiles show plant', open);
    expect(shown.stdout).toMatch(/sasl-password +kept in the keyring/);
    const file = await readFile(join(folder.path, 'Klaxon', 'profiles.json'), 'utf8');
    expect(file + shown.stdout + kept.stdout).not.toContain(SECRET);
    // Of other brokers and of another user it is none of the profile’s business.
    const { plain } = { plain: site?.broker.plain ?? '' };
    for (const other of [`--bootstrap-servers ${plain}`, '--sasl-username astrid']) {
      const asked = await run(`list-topics --profile plant ${other}`, open);
      expect(asked).toMatchObject({ code: 2 });
      expect(asked.stderr).toContain('There is no password');
    }
    const forgotten = await run('profiles forget-secret plant', open);
    expect(forgotten.stdout).toBe('profile plant: forgotten: sasl-password\n');
    expect(await run('list-topics --profile plant', { ...open, ...wrong })).toMatchObject({
      code: 1,
    });
  });
});

describe('a profile whose registry wants a log-in', () => {
  ownBrokerTest('gives it the password of its own variable', async () => {
    const heard: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      heard.push(request.headers.authorization);
      response.setHeader('content-type', 'application/json').end('[]');
    });
    await serving(server, async (address) => {
      const fields = `--registry http://${address} --registry-username reader`;
      expect(await run(`profiles set plant ${fields}`)).toMatchObject({ code: 0 });
      const env = { ...PASSWORD, KLAXON_REGISTRY_PASSWORD: 'reads' };
      expect(await run('list-schemas --profile plant', env)).toMatchObject({ code: 0 });
      await run('profiles set plant --unset registry --unset registry-username');
    });
    expect(heard[0]).toBe(`Basic ${Buffer.from('reader:reads').toString('base64')}`);
  });
});

describe('the file of profiles', () => {
  ownBrokerTest('loses nothing of two programs that change it at once', async () => {
    const names = Array.from({ length: 6 }, (_, at) => `many-${at}`);
    const line = (name: string) => `profiles add ${name} --bootstrap-servers kafka:9092`;
    const done = await Promise.all(names.map((name) => run(line(name))));
    expect(done.map(({ code }) => code)).toEqual(names.map(() => 0));
    const listed = (await run('profiles list --json')).stdout;
    for (const name of names) expect(listed).toContain(`{"name":"${name}"`);
    for (const name of names) {
      expect(await run(`profiles remove ${name} --yes`)).toMatchObject({ code: 0 });
    }
  });
});

describe('a service with a profile', () => {
  ownBrokerTest('says what is missing, and does not start without', async () => {
    const missing = await run('serve shelf --profile plant');
    expect(missing).toMatchObject({ code: 78, stdout: '' });
    expect(missing.stderr).toContain(
      'No password of admin at Kafka is known for the profile plant',
    );
    expect(await run('serve shelf --profile none')).toMatchObject({ code: 78 });
  });

  ownBrokerTest('runs on its brokers', async () => {
    const cli = await createTestCli(variables(PASSWORD));
    const serving = cli.follow(wordsOf('serve shelf --profile plant --http-address off'));
    await serving.said('"live"');
    const { stdout } = await serving.stop();
    expect(stdout).toContain(`"bootstrapServers":"${site?.broker.secure}"`);
    expect(stdout).not.toContain(SECRET);
  });
});
