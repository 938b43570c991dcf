import { describe, expect, it } from 'vitest';
import {
  forgetSecrets,
  secretName,
  storedSecrets,
} from '../../../../adapters/profiles/profile-secrets.ts';
import { memoryKeyring } from '../../../fakes/memory-keyring.ts';

const PLANT = {
  name: 'plant',
  profile: {
    'bootstrap-servers': 'kafka:9093',
    'sasl-username': 'alice',
    'registry-username': 'reader',
    'tls-cert': '/cert.pem',
    'tls-key': '/key.pem',
  },
};

const kept = () =>
  new Map([
    [secretName(PLANT, 'sasl-password'), 's'],
    [secretName(PLANT, 'registry-password'), 'r'],
    [secretName(PLANT, 'tls-key-passphrase'), 't'],
  ]);
const ALL = { 'sasl-password': 's', 'registry-password': 'r', 'tls-key-passphrase': 't' };

describe('the secrets of a profile', () => {
  it('are the keyring’s, each for its user', async () => {
    const stored = await storedSecrets(memoryKeyring(kept()), PLANT, PLANT.profile);
    expect(stored).toEqual({ secrets: ALL, problem: null });
  });

  it.each([
    ['other brokers', { 'bootstrap-servers': 'other:1' }, 'sasl-password'],
    ['another user', { 'sasl-username': 'bob' }, 'sasl-password'],
    ['another registry', { registry: 'http://other:8081' }, 'registry-password'],
    ['another user of the registry', { 'registry-username': 'bob' }, 'registry-password'],
    ['another key', { 'tls-key': '/other.pem' }, 'tls-key-passphrase'],
  ])('are not given to %s', async (_case, other, kind) => {
    const inUse = { ...PLANT.profile, ...other };
    const stored = await storedSecrets(memoryKeyring(kept()), PLANT, inUse);
    const expected = Object.entries(ALL).filter(([known]) => known !== kind);
    expect(stored.secrets).toEqual(Object.fromEntries(expected));
  });

  it('are given to the default registry where the profile names none', async () => {
    const inUse = { ...PLANT.profile, registry: 'http://localhost:8081' };
    expect((await storedSecrets(memoryKeyring(kept()), PLANT, inUse)).secrets).toEqual(ALL);
  });

  it('are not known where no keyring is open, and it is said why', async () => {
    const stored = await storedSecrets(memoryKeyring(null), PLANT, PLANT.profile);
    expect(stored).toMatchObject({ secrets: {}, problem: { code: 'NoKeyring' } });
  });

  it('are forgotten, those that were kept', async () => {
    const open = kept();
    open.delete(secretName(PLANT, 'registry-password'));
    const kinds = ['sasl-password', 'registry-password'] as const;
    expect(await forgetSecrets(memoryKeyring(open), PLANT, kinds)).toEqual({
      ok: true,
      value: ['sasl-password'],
    });
    expect([...open.keys()]).toEqual([secretName(PLANT, 'tls-key-passphrase')]);
  });
});
