import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { type CliRun, createTestCli, type TestCli } from './cli-run.ts';
import { wordsOf } from './command-words.ts';
import { whyNoBroker } from './java-process.ts';
import { startRegistry, type TestRegistry } from './schema-registry.ts';
import { type SecureSite, startSecureSite } from './secure-site.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

type Environment = Readonly<Record<string, string>>;

/** A secured broker and a registry of a test file's own, and the command line of everybody who has a log-in there. */
export interface SecureCliSite {
  readonly site: SecureSite;
  /** A folder for files; goes with the site. */
  readonly folder: string;
  /** The command line of somebody whose password is `<user>-secret`. */
  cliOf(user: string, env?: Environment): Promise<TestCli>;
  run(user: string, line: string, env?: Environment): Promise<CliRun>;
  /** The same where it must succeed; answers what it printed. */
  done(user: string, line: string, env?: Environment): Promise<string>;
}

/** Starts the site before the tests of a file, and stops it after them. */
export function startSecureCliSite(): () => SecureCliSite {
  let started: { readonly own: SecureCliSite; readonly stop: () => Promise<unknown> } | undefined;
  beforeAll(async () => {
    if ((await whyNoBroker()) !== null) return;
    const [site, registry] = await Promise.all([startSecureSite(), startRegistry()]);
    const folder = await createTemporaryFolder('tls');
    await mkdir(folder.path);
    await writeFile(join(folder.path, 'ca.pem'), site.broker.ca);
    started = {
      own: siteOf(site, registry, folder.path),
      stop: () => Promise.all([site.stop(), registry.stop(), folder.remove()]),
    };
  });
  afterAll(() => started?.stop());
  return () => {
    if (started === undefined) throw new Error('the site is not there');
    return started.own;
  };
}

function siteOf(site: SecureSite, registry: TestRegistry, folder: string): SecureCliSite {
  const cliOf = (user: string, env: Environment = {}) =>
    createTestCli({
      BOOTSTRAP_SERVERS: site.broker.secure,
      SCHEMA_REGISTRY: registry.url,
      KLAXON_TLS_CA: join(folder, 'ca.pem'),
      KLAXON_SASL_USERNAME: user,
      KLAXON_SASL_MECHANISM: 'scram-sha-512',
      KLAXON_SASL_PASSWORD: `${user}-secret`,
      ...env,
    });
  const run = async (user: string, line: string, env?: Environment) =>
    (await cliOf(user, env)).run(wordsOf(line));
  return {
    site,
    folder,
    cliOf,
    run,
    done: async (user, line, env) => {
      const ended = await run(user, line, env);
      expect(ended, line).toMatchObject({ code: 0 });
      return ended.stdout;
    },
  };
}
