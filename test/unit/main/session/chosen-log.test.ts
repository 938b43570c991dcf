import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profileOf } from '../../../../main/session/chosen-log.ts';
import { addressOf, profileNameOf } from '../../../../main/session/log-profile.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporary-folder.ts';

let config: TemporaryFolder;

beforeEach(async () => {
  config = await createTemporaryFolder('config');
  await mkdir(join(config.path, 'Klaxon'), { recursive: true });
});

afterEach(() => config.remove());

function ofEnvironment(env: Readonly<Record<string, string>>, profile: string | null = null) {
  return profileOf({
    env: { XDG_CONFIG_HOME: config.path, APPDATA: config.path, ...env },
    profile,
    userFolder: 'folder',
  });
}

async function keep(profiles: unknown): Promise<void> {
  await writeFile(join(config.path, 'Klaxon', 'profiles.json'), JSON.stringify({ profiles }));
}

const PLANT = {
  'bootstrap-servers': 'plant:9093',
  registry: 'https://plant:8081',
  'sasl-username': 'alice',
};

describe('profileOf', () => {
  it('takes the log inside the console where nothing names a broker', async () => {
    expect(await ofEnvironment({ BOOTSTRAP_SERVERS: ' ' })).toMatchObject({ log: 'embedded' });
  });

  it.each([
    [{ BOOTSTRAP_SERVERS: 'kafka:9093' }, 'kafka:9093', 'http://localhost:8081'],
    [{ SCHEMA_REGISTRY: 'http://registry:8081' }, 'localhost:9092', 'http://registry:8081'],
    [{ BOOTSTRAP_SERVERS: 'a:1,b:2', SCHEMA_REGISTRY: 'https://r/' }, 'a:1,b:2', 'https://r/'],
  ])('takes %o with the defaults of seed 0', async (env, bootstrapServers, registry) => {
    const profile = await ofEnvironment(env);
    expect(profile).toMatchObject({ log: 'kafka', name: null, bootstrapServers, notices: [] });
    expect(profile).toMatchObject({ settings: { values: { registry }, chosen: null } });
    expect(profileNameOf(profile)).toBe('Kafka');
  });

  it.each([
    ['the argument', {}, 'plant'],
    ['the variable', { KLAXON_PROFILE: 'plant' }, null],
    ['the argument before the variable', { KLAXON_PROFILE: 'other' }, 'plant'],
  ])('takes the profile that %s names', async (_case, env, argument) => {
    await keep({ plant: PLANT });
    const profile = await ofEnvironment(env, argument);
    expect(profile).toMatchObject({
      log: 'kafka',
      name: 'plant',
      bootstrapServers: 'plant:9093',
      settings: { values: { registry: 'https://plant:8081', 'sasl-username': 'alice' } },
      notices: [],
    });
    expect([profileNameOf(profile), addressOf(profile)]).toEqual(['plant', 'plant:9093']);
  });

  it('lets a variable win over the profile, and says so', async () => {
    await keep({ plant: PLANT });
    const profile = await ofEnvironment({ BOOTSTRAP_SERVERS: 'kafka:1' }, 'plant');
    expect(profile).toMatchObject({
      bootstrapServers: 'kafka:1',
      settings: { values: { registry: 'https://plant:8081' } },
      notices: [expect.stringContaining('kafka:1, which is used instead')],
    });
  });

  it('says why a profile cannot be used, and watches nothing meanwhile', async () => {
    await keep({ plant: { ...PLANT, 'sasl-mechanism': 'gssapi' } });
    const profile = await ofEnvironment({}, 'plant');
    expect(profile).toMatchObject({
      log: 'unusable',
      name: 'plant',
      problem: {
        message: expect.stringMatching(/sasl-mechanism .*plant.*profiles\.json is none of/),
      },
    });
    expect(await ofEnvironment({}, '')).toMatchObject({ log: 'unusable' });
    expect(await ofEnvironment({ KLAXON_PROFILE: 'none' })).toMatchObject({
      problem: { remedy: expect.stringContaining('There are: plant') },
    });
  });

  it('leaves a service’s own settings alone', async () => {
    const env = {
      BOOTSTRAP_SERVERS: 'kafka:1',
      KLAXON_LOG_LEVEL: 'loud',
      KLAXON_HTTP_ADDRESS: '?',
    };
    expect(await ofEnvironment(env)).toMatchObject({ log: 'kafka' });
  });
});
