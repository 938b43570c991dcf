import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseArguments } from '../../../../cli/command/parse-arguments.ts';
import {
  BOOTSTRAP_SERVERS,
  REGISTRY,
  SASL_USERNAME,
  SITE_OPTIONS,
  TLS,
} from '../../../../cli/options/site-options.ts';
import { withProfile } from '../../../../cli/site/chosen-profile.ts';
import { aCommandCall } from '../../../builders/a-command-call.ts';
import { createFakeTerminal } from '../../../fakes/fake-terminal.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporary-folder.ts';

let config: TemporaryFolder;

beforeEach(async () => {
  config = await createTemporaryFolder('config');
  await mkdir(join(config.path, 'Klaxon'), { recursive: true });
  const plant = { 'bootstrap-servers': 'kafka:9093', tls: true, 'sasl-username': 'alice' };
  const profiles = JSON.stringify({ profiles: { plant } });
  await writeFile(join(config.path, 'Klaxon', 'profiles.json'), profiles);
});

afterEach(() => config.remove());

async function choose(words: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const env = { XDG_CONFIG_HOME: config.path, APPDATA: config.path, ...more };
  const given = parseArguments({ options: SITE_OPTIONS, operands: [] }, words, env);
  if (!given.ok) throw new Error(given.error);
  const terminal = createFakeTerminal();
  const call = { ...aCommandCall({ given: given.value, env }), terminal };
  return { chosen: await withProfile(call), told: terminal.told };
}

async function textsOf(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { chosen, told } = await choose(words, env);
  if (!chosen.ok) throw new Error(JSON.stringify(chosen.error));
  const { given } = chosen.value;
  return {
    servers: given.text(BOOTSTRAP_SERVERS),
    user: given.text(SASL_USERNAME),
    registry: given.text(REGISTRY),
    isTls: given.has(TLS),
    told: told(),
  };
}

const WITH = ['--profile', 'plant'];

describe('a command line with a profile', () => {
  it('takes from it what neither an option nor a variable says', async () => {
    const plant = { servers: 'kafka:9093', user: 'alice', isTls: true, told: [] };
    expect(await textsOf(WITH)).toMatchObject(plant);
    expect(await textsOf([], { KLAXON_PROFILE: 'plant' })).toMatchObject(plant);
    expect(await textsOf([])).toMatchObject({ servers: undefined, isTls: false });
  });

  it.each([
    ['an option', ['--bootstrap-servers', 'a:1'], {}, '--bootstrap-servers'],
    ['a variable', [], { BOOTSTRAP_SERVERS: 'a:1' }, 'The variable BOOTSTRAP_SERVERS'],
  ])('lets %s win, and says that these are other brokers', async (_case, words, env, source) => {
    expect(await textsOf([...WITH, ...words], env)).toMatchObject({
      servers: 'a:1',
      user: 'alice',
      told: [expect.stringContaining(`${source} says a:1, which is used instead`)],
    });
  });

  it('is told to leave TLS out by the variable', async () => {
    expect(await textsOf(WITH, { KLAXON_TLS: 'false' })).toMatchObject({ isTls: false });
  });

  it('cannot name another log as well', async () => {
    const { chosen } = await choose([...WITH, '--embedded', 'log']);
    expect(chosen).toMatchObject({ ok: false, error: { exit: 2 } });
    const { chosen: embedded } = await choose(['--embedded', 'log'], { KLAXON_PROFILE: 'plant' });
    expect(embedded).toMatchObject({ ok: true, value: { chosen: null } });
  });

  it('says which profiles there are where it names none of them', async () => {
    const { chosen } = await choose(['--profile', 'plnt']);
    expect(chosen).toMatchObject({
      error: { exit: 2, problems: [{ remedy: expect.stringContaining('There are: plant') }] },
    });
  });
});
