import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../../services/host/read-settings.ts';
import { serviceSettings } from '../../../../services/host/service-settings.ts';
import { SETTING_NAMES, settingOf } from '../../../../services/host/setting-table.ts';
import { projectRoot } from '../../../support/sources/source-files.ts';

interface Told {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly file?: string;
}

function settingsOf({ argv = [], env = {}, file }: Told) {
  const readFile = (path: string): string => {
    if (file === undefined || path !== 'klaxon.json') throw new Error(`no such file ${path}`);
    return file;
  };
  return readSettings({ argv, env, readFile });
}

const FROM_FILE = { KLAXON_CONFIG: 'klaxon.json' };

describe('the settings of a service', () => {
  it('without any are the defaults', () => {
    expect(settingsOf({})).toEqual({
      ok: true,
      value: {
        'bootstrap-servers': 'localhost:9092',
        registry: 'http://localhost:8081',
        'log-level': 'info',
      },
    });
  });

  it.each<[string, Told, string]>([
    [
      'an option',
      { argv: ['--bootstrap-servers', 'a:1'], env: { BOOTSTRAP_SERVERS: 'b:2' } },
      'a:1',
    ],
    ['an option with =', { argv: ['--bootstrap-servers=a:1'] }, 'a:1'],
    [
      'the environment',
      { env: { ...FROM_FILE, BOOTSTRAP_SERVERS: 'b:2' }, file: '{"bootstrap-servers":"c:3"}' },
      'b:2',
    ],
    ['the file', { env: FROM_FILE, file: '{"bootstrap-servers":"c:3"}' }, 'c:3'],
    [
      'the file named by an option',
      { argv: ['--config', 'klaxon.json'], file: '{"bootstrap-servers":"c:3"}' },
      'c:3',
    ],
    ['a default behind an empty variable', { env: { BOOTSTRAP_SERVERS: '' } }, 'localhost:9092'],
  ])('are taken first from %s', (_case, told, expected) => {
    const settings = settingsOf(told);
    expect(settings.ok && settings.value['bootstrap-servers']).toBe(expected);
  });

  it('have the same name everywhere, but for two that others have named', () => {
    const words = (name: string) => name.toUpperCase().replaceAll('-', '_');
    expect(
      SETTING_NAMES.filter((name) => settingOf(name).variable !== `KLAXON_${words(name)}`),
    ).toEqual(['bootstrap-servers', 'registry']);
  });

  it.each<[string, Told, number, string]>([
    ['an unknown option', { argv: ['--colour', 'red'] }, 64, 'There is no option --colour.'],
    [
      'an option that is nearly one',
      { argv: ['--log-levl', 'info'] },
      64,
      'There is no option --log-levl. Did you mean --log-level?',
    ],
    [
      'an option in the place of a value',
      { argv: ['--registry', '--tls'] },
      64,
      '--registry needs a value.',
    ],
    [
      'an option that comes twice',
      { argv: ['--log-level', 'info', '--log-level', 'warn'] },
      64,
      '--log-level is given more than once.',
    ],
    [
      'an option that is nearly a password, which is none',
      { argv: ['--sasl-passwor', 'secret'] },
      64,
      'There is no option --sasl-passwor.',
    ],
    ['an empty name of a file', { argv: ['--config='] }, 64, '--config is empty.'],
    ['an empty value', { argv: ['--tls-ca', ' '] }, 64, '--tls-ca " " is empty.'],
    [
      'a port that there is not',
      { argv: ['--http-address', '127.0.0.1:70000'] },
      64,
      'is neither host:port, with a port up to 65535, nor "off".',
    ],
    [
      'a key in the file that is nearly a setting',
      { env: FROM_FILE, file: '{"regsitry":"http://x"}' },
      78,
      'which is no setting. Did you mean registry?',
    ],
    ['a word that is no option', { argv: ['now'] }, 64, '"now" is no option.'],
    ['an option without its value', { argv: ['--log-level'] }, 64, '--log-level needs a value.'],
    [
      'an option with a bad value',
      { argv: ['--log-level', 'loud'] },
      64,
      '--log-level "loud" is none of',
    ],
    [
      'a bad variable',
      { env: { BOOTSTRAP_SERVERS: 'kafka' } },
      78,
      'BOOTSTRAP_SERVERS "kafka" is not host:port',
    ],
    [
      'a registry without http',
      { env: { SCHEMA_REGISTRY: 'registry:8081' } },
      78,
      'SCHEMA_REGISTRY "registry:8081" is not an address',
    ],
    [
      'a password as an option',
      { argv: ['--sasl-password', 'secret'] },
      64,
      '--sasl-password is no option',
    ],
    [
      'a file that is not there',
      { env: { KLAXON_CONFIG: 'other.json' } },
      78,
      'The file of settings other.json cannot be read',
    ],
    ['a file that is no JSON', { env: FROM_FILE, file: 'a: 1' }, 78, 'klaxon.json is not JSON.'],
    [
      'an unknown key in the file',
      { env: FROM_FILE, file: '{"colour":"red"}' },
      78,
      'klaxon.json holds "colour", which is no setting.',
    ],
    [
      'a key in the file that objects have of themselves',
      { env: FROM_FILE, file: '{"__proto__":"x","tls":true}' },
      78,
      'klaxon.json holds "__proto__", which is no setting.',
    ],
    [
      'a key in the file that would change what objects are',
      { env: FROM_FILE, file: '{"__proto__":{"tls":true}}' },
      78,
      'klaxon.json does not hold settings at "__proto__".',
    ],
    ['a list instead of settings', { env: FROM_FILE, file: '[]' }, 78, 'does not hold settings.'],
    [
      'a list in the file',
      { env: FROM_FILE, file: '{"tls":[1]}' },
      78,
      'klaxon.json does not hold settings at "tls".',
    ],
    [
      'a bad value in the file',
      { env: FROM_FILE, file: '{"tls":"maybe"}' },
      78,
      '"tls" in klaxon.json "maybe" is neither true nor false.',
    ],
  ])('refuse %s, saying what to do', (_case, told, exitCode, message) => {
    const settings = settingsOf(told);
    expect(settings).toMatchObject({ ok: false, error: { exitCode } });
    if (settings.ok) return;
    expect(settings.error.message).toContain(message);
    expect(settings.error.message).not.toContain('secret');
    expect(settings.error.remedy).not.toBe('');
  });
});

describe('what a service is run with', () => {
  const certificate = join(projectRoot, 'test', 'fixtures', 'tls', 'certificate.pem');
  const files: Readonly<Record<string, string>> = { 'ca.pem': readFileSync(certificate, 'utf8') };
  const readFile = (path: string): string => {
    const text = files[path];
    if (text === undefined) throw new Error(`no such file ${path}`);
    return text;
  };
  const run = (env: Readonly<Record<string, string>>) => {
    const values = settingsOf({ env });
    if (!values.ok) throw new Error(values.error.message);
    return serviceSettings(values.value, '127.0.0.1:9401', readFile);
  };

  it('holds log-in, certificates and the health address', () => {
    const settings = run({
      KLAXON_TLS_CA: 'ca.pem',
      KLAXON_SASL_MECHANISM: 'SCRAM-SHA-256',
      KLAXON_SASL_USERNAME: 'shelf',
      KLAXON_SASL_PASSWORD: 'secret',
      KLAXON_REGISTRY_USERNAME: 'shelf',
      KLAXON_HTTP_ADDRESS: '[::1]:0',
    });
    expect(settings).toEqual({
      ok: true,
      value: {
        kafka: {
          bootstrapServers: 'localhost:9092',
          tls: { ca: files['ca.pem'] },
          sasl: { mechanism: 'scram-sha-256', username: 'shelf', password: 'secret' },
        },
        registry: { url: 'http://localhost:8081', user: 'shelf' },
        http: { host: '::1', port: 0 },
        logLevel: 'info',
      },
    });
  });

  it('takes the address of its definition, or none', () => {
    expect(run({})).toMatchObject({ value: { http: { host: '127.0.0.1', port: 9401 } } });
    expect(run({ KLAXON_HTTP_ADDRESS: 'off' })).toMatchObject({ value: { http: null } });
  });

  it('logs in by the strongest mechanism where none is said, and takes TLS without more', () => {
    const env = { KLAXON_TLS: 'true', KLAXON_SASL_USERNAME: 'x', KLAXON_SASL_PASSWORD: 'y' };
    expect(run(env)).toMatchObject({
      value: { kafka: { tls: {}, sasl: { mechanism: 'scram-sha-512' } } },
    });
    expect(settingsOf({ argv: ['--tls', '--log-level', 'warn'] })).toMatchObject({
      value: { tls: 'true', 'log-level': 'warn' },
    });
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a user without a password', { KLAXON_SASL_USERNAME: 'x' }, 'needs both'],
    ['a password alone', { KLAXON_SASL_PASSWORD: 'x' }, 'needs both'],
    ['a certificate without TLS', { KLAXON_TLS: 'false', KLAXON_TLS_CA: 'ca.pem' }, 'tls is false'],
    [
      'a certificate that is not there',
      { KLAXON_TLS_KEY: 'key.pem' },
      'The file that tls-key names, key.pem, cannot be read',
    ],
  ])('refuses %s', (_case, env, message) => {
    const settings = run(env);
    expect(settings).toMatchObject({ ok: false, error: { exitCode: 78 } });
    expect(settings.ok ? '' : settings.error.message).toContain(message);
  });
});
