import { describe, expect, it } from 'vitest';
import { isProfileName, parseProfile } from '../../../../adapters/profiles/profile.ts';

const PLANT = { 'bootstrap-servers': 'kafka:9093' };

describe('a profile', () => {
  it('is taken with everything that it can say, and without what a newer version knows', () => {
    const whole = {
      'bootstrap-servers': 'kafka1:9093,[::1]:9094',
      registry: 'https://registry:8081/apis/ccompat/v7',
      'registry-username': 'alice',
      'tls-ca': '/etc/ca.pem',
      'tls-cert': '/etc/cert.pem',
      'tls-key': '/etc/key.pem',
      'tls-servername': 'kafka.plant',
      'sasl-mechanism': 'scram-sha-256',
      'sasl-username': 'alice',
    };
    expect(parseProfile({ ...whole, tls: true, later: { a: 1 } })).toEqual({
      ok: true,
      value: { ...whole, tls: 'true' },
    });
  });

  it.each([
    [{}, 'bootstrap-servers', 'is missing'],
    [{ 'bootstrap-servers': 'kafka' }, 'bootstrap-servers', 'is not host:port'],
    [{ 'bootstrap-servers': 7 }, 'bootstrap-servers', 'is no text'],
    [{ ...PLANT, registry: '' }, 'registry', 'is empty'],
    [{ ...PLANT, registry: 'registry:8081' }, 'registry', 'is not an address'],
    [{ ...PLANT, registry: 'http://u:p@registry' }, 'registry', 'holds a user or a password'],
    [{ ...PLANT, tls: 'yes' }, 'tls', 'is neither'],
    [{ ...PLANT, tls: false, 'tls-ca': '/a' }, 'tls', 'is false, but tls-ca is given'],
    [{ ...PLANT, 'tls-ca': 'ca.pem' }, 'tls-ca', 'is not the whole path'],
    [{ ...PLANT, 'tls-cert': '/a' }, 'tls-cert', 'is given alone'],
    [{ ...PLANT, 'tls-key': '/a' }, 'tls-key', 'is given alone'],
    [
      { ...PLANT, 'sasl-username': 'u', 'sasl-mechanism': 'gssapi' },
      'sasl-mechanism',
      'is none of plain',
    ],
    [{ ...PLANT, 'sasl-mechanism': 'plain' }, 'sasl-mechanism', 'without sasl-username'],
    [{ ...PLANT, 'sasl-password': 'x' }, 'sasl-password', 'is a secret'],
    [{ ...PLANT, 'registry-password': 'x' }, 'registry-password', 'is a secret'],
    [{ ...PLANT, 'tls-key-passphrase': 'x' }, 'tls-key-passphrase', 'is a secret'],
  ])('that says %o is refused for its %s', (raw, field, fault) => {
    const parsed = parseProfile(raw);
    expect(parsed).toMatchObject({ ok: false, error: { field } });
    expect(!parsed.ok && parsed.error.fault).toContain(fault);
  });

  it.each([
    ['plant', true],
    ['Plant-2.east_1', true],
    ['', false],
    ['../etc', false],
    ['__proto__', false],
    ['two words', false],
    ['--profile', false],
    ['a'.repeat(65), false],
  ])('can be called %j: %s', (name, can) => {
    expect(isProfileName(name)).toBe(can);
  });
});
