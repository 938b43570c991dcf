import { createPrivateKey, X509Certificate } from 'node:crypto';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { fileFault } from './file-fault.ts';

/** The settings of TLS as they are written: three names of files, and two texts. */
export interface TlsNames {
  readonly 'tls-ca'?: string | undefined;
  readonly 'tls-cert'?: string | undefined;
  readonly 'tls-key'?: string | undefined;
  readonly 'tls-key-passphrase'?: string | undefined;
}

/** What stands in the files. */
export interface TlsTexts {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** What is wrong with one of the settings. */
export interface TlsFault {
  readonly message: string;
  readonly remedy: string;
}

const FIELDS = { ca: 'tls-ca', cert: 'tls-cert', key: 'tls-key' } as const;

/**
 * Reads the files of certificates and the key, and looks whether they are such, so that nobody is left with the words of
 * the TLS library when a broker is asked. Refused naming the setting: a file that cannot be read, one without a
 * certificate or a key, a wrong passphrase, a certificate without its key or with another’s.
 */
export function readCertificateFiles(
  names: TlsNames,
  readFile: (path: string) => string,
): Result<TlsTexts, TlsFault> {
  const texts: { ca?: string; cert?: string; key?: string } = {};
  for (const [field, name] of [
    ['ca', FIELDS.ca],
    ['cert', FIELDS.cert],
    ['key', FIELDS.key],
  ] as const) {
    const path = names[name];
    if (path === undefined) continue;
    const text = textOf(name, path, readFile);
    if (!text.ok) return text;
    texts[field] = text.value;
  }
  const fault = faultOf(texts, names['tls-key-passphrase']);
  return fault === null ? ok(texts) : failure(fault);
}

function textOf(
  name: string,
  path: string,
  readFile: (path: string) => string,
): Result<string, TlsFault> {
  try {
    return ok(readFile(path));
  } catch (thrown) {
    const message = `The file that ${name} names, ${path}, cannot be read: ${fileFault(thrown)}.`;
    return failure({ message, remedy: 'Check its path and rights.' });
  }
}

function faultOf({ ca, cert, key }: TlsTexts, passphrase: string | undefined): TlsFault | null {
  if (ca !== undefined && !isCertificate(ca)) return noCertificate('tls-ca');
  if (cert !== undefined && !isCertificate(cert)) return noCertificate('tls-cert');
  if ((cert === undefined) !== (key === undefined)) {
    const [given, missing] = key === undefined ? ['tls-cert', 'tls-key'] : ['tls-key', 'tls-cert'];
    const message = `${given} is given without ${missing}.`;
    return { message, remedy: 'Give both: a certificate and its key belong together.' };
  }
  return cert === undefined || key === undefined ? null : keyFault(cert, key, passphrase);
}

function keyFault(cert: string, key: string, passphrase: string | undefined): TlsFault | null {
  try {
    const secret = createPrivateKey(passphrase === undefined ? key : { key, passphrase });
    return new X509Certificate(cert).checkPrivateKey(secret) ? null : OTHER_KEY;
  } catch {
    return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key) ? KEY_NOT_OPENED : NO_KEY;
  }
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).subject !== undefined;
  } catch {
    return false;
  }
}

function noCertificate(name: string): TlsFault {
  const message = `The file that ${name} names holds no certificate.`;
  return {
    message,
    remedy: 'Give a file in the form PEM, which begins with -----BEGIN CERTIFICATE-----.',
  };
}

const NO_KEY: TlsFault = {
  message: 'The file that tls-key names holds no key.',
  remedy: 'Give a file in the form PEM, which begins with -----BEGIN PRIVATE KEY----- or the like.',
};
const KEY_NOT_OPENED: TlsFault = {
  message:
    'The key that tls-key names cannot be opened: its passphrase is missing or wrong, or the file is damaged.',
  remedy: 'Give its passphrase by KLAXON_TLS_KEY_PASSPHRASE, or another file.',
};
const OTHER_KEY: TlsFault = {
  message: 'The key that tls-key names does not belong to the certificate of tls-cert.',
  remedy: 'Give the key with which the certificate was made.',
};
