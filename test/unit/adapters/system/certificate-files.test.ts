import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  readCertificateFiles,
  type TlsNames,
} from '../../../../adapters/system/certificate-files.ts';
import { projectRoot } from '../../../support/sources/source-files.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const fixture = (name: string): string => join(projectRoot, 'test', 'fixtures', 'tls', name);

const CERTIFICATE = fixture('certificate.pem');
const KEY = fixture('key.pem');
const LOCKED = fixture('locked-key.pem');
const NOTHING = join(projectRoot, 'package.json');

describe('files of certificates', () => {
  it('are read where they are what they should be', () => {
    const names = { 'tls-ca': CERTIFICATE, 'tls-cert': CERTIFICATE, 'tls-key': KEY };
    expect(readCertificateFiles(names, read)).toEqual({
      ok: true,
      value: { ca: read(CERTIFICATE), cert: read(CERTIFICATE), key: read(KEY) },
    });
    expect(readCertificateFiles({}, read)).toEqual({ ok: true, value: {} });
  });

  it('take a key that its passphrase opens', () => {
    const names = { 'tls-cert': CERTIFICATE, 'tls-key': LOCKED, 'tls-key-passphrase': 'open' };
    expect(readCertificateFiles(names, read)).toMatchObject({ ok: true });
  });

  it.each<[string, TlsNames, string]>([
    [
      'one that is not there',
      { 'tls-ca': '/none/ca.pem' },
      'The file that tls-ca names, /none/ca.pem, cannot be read: there is no such file or folder.',
    ],
    ['other text', { 'tls-ca': NOTHING }, 'The file that tls-ca names holds no certificate.'],
    [
      'a key in the place of a certificate',
      { 'tls-cert': KEY, 'tls-key': KEY },
      'The file that tls-cert names holds no certificate.',
    ],
    [
      'a certificate in the place of its key',
      { 'tls-cert': CERTIFICATE, 'tls-key': CERTIFICATE },
      'The file that tls-key names holds no key.',
    ],
    ['a certificate alone', { 'tls-cert': CERTIFICATE }, 'tls-cert is given without tls-key.'],
    ['a key alone', { 'tls-key': KEY }, 'tls-key is given without tls-cert.'],
    [
      'another’s key',
      { 'tls-cert': CERTIFICATE, 'tls-key': fixture('other-key.pem') },
      'The key that tls-key names does not belong to the certificate of tls-cert.',
    ],
    [
      'a locked key without its passphrase',
      { 'tls-cert': CERTIFICATE, 'tls-key': LOCKED },
      'The key that tls-key names cannot be opened',
    ],
    [
      'a wrong passphrase',
      { 'tls-cert': CERTIFICATE, 'tls-key': LOCKED, 'tls-key-passphrase': 'sesame' },
      'The key that tls-key names cannot be opened',
    ],
  ])('refuse %s, naming the setting', (_case, names, message) => {
    const texts = readCertificateFiles(names, read);
    if (texts.ok) throw new Error('nothing was refused');
    expect(texts.error.message).toContain(message);
    expect(texts.error.message).not.toContain('sesame');
    expect(texts.error.remedy).not.toBe('');
  });
});
