import { describe, expect, it } from 'vitest';
import { secretName } from '../../../../adapters/profiles/profile-secrets.ts';
import { ok } from '../../../../core/lib/result.ts';
import { withStoredSecrets } from '../../../../services/host/profile-secrets.ts';
import { readProfiledSettings } from '../../../../services/host/read-settings.ts';
import { memoryKeyring } from '../../../fakes/memory-keyring.ts';

const PLANT = {
  name: 'plant',
  profile: { 'bootstrap-servers': 'kafka:9093', 'tls-ca': '/ca.pem', 'sasl-username': 'alice' },
};
const FILE = '{"bootstrap-servers":"file:1","log-level":"warn"}';

function settingsOf(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const read = readProfiledSettings({
    argv,
    env,
    readFile: () => FILE,
    readProfile: (name) => ok({ ...PLANT, name }),
  });
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

describe('the settings of a service with a profile', () => {
  it.each([
    [['--profile', 'plant', '--bootstrap-servers', 'option:1'], {}, 'option:1'],
    [['--profile=plant'], { BOOTSTRAP_SERVERS: 'variable:1' }, 'variable:1'],
    [['--profile', 'plant', '--config', 'klaxon.json'], {}, 'file:1'],
    [['--profile', 'plant'], {}, 'kafka:9093'],
    [[], { KLAXON_PROFILE: 'plant' }, 'kafka:9093'],
    [[], {}, 'localhost:9092'],
  ])('are for %o with %o those of %s', (argv, env, servers) => {
    expect(settingsOf(argv, env).values['bootstrap-servers']).toBe(servers);
  });

  it('fill in what nothing else says', () => {
    expect(settingsOf(['--profile', 'plant']).values).toMatchObject({
      'tls-ca': '/ca.pem',
      'sasl-username': 'alice',
      registry: 'http://localhost:8081',
    });
  });

  it('take the password from the keyring, before the variable', async () => {
    const keyring = memoryKeyring(new Map([[secretName(PLANT, 'sasl-password'), 'kept']]));
    const env = { KLAXON_SASL_PASSWORD: 'variable' };
    const settings = settingsOf(['--profile', 'plant'], env);
    expect(await withStoredSecrets(settings, keyring)).toMatchObject({
      value: { 'sasl-password': 'kept' },
    });
    expect(await withStoredSecrets(settings, memoryKeyring(null))).toMatchObject({
      value: { 'sasl-password': 'variable' },
    });
  });

  it('are refused where a password is known nowhere, saying where it could be', async () => {
    const settings = settingsOf(['--profile', 'plant']);
    expect(await withStoredSecrets(settings, memoryKeyring(new Map()))).toMatchObject({
      error: {
        message:
          'No password of alice at Kafka is known for the profile plant. The keyring keeps none for it.',
        remedy:
          'Start Klaxon with KLAXON_SASL_PASSWORD set, or keep it with: klaxon profiles set-secret plant',
      },
    });
    expect(await withStoredSecrets(settings, memoryKeyring(null))).toMatchObject({
      error: { message: expect.stringContaining('No keyring is open here') },
    });
  });

  it('ask nothing of a keyring without a profile', async () => {
    const settings = settingsOf([]);
    expect(await withStoredSecrets(settings, memoryKeyring(null))).toMatchObject({ ok: true });
  });
});
