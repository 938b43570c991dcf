import { readFileSync } from 'node:fs';
import type { SaslSettings, TlsSettings } from '../../adapters/kafka/connection/kafka-settings.ts';
import type { SecretKind } from '../../adapters/profiles/profile.ts';
import { SECRET_VARIABLES } from '../../adapters/profiles/profile-secrets.ts';
import { SASL_MECHANISMS } from '../../adapters/system/site-settings.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { CommandCall } from '../command/command.ts';
import type { Complaint } from '../command/outcome.ts';
import {
  SASL_MECHANISM,
  SASL_USERNAME,
  TLS,
  TLS_CA,
  TLS_CERT,
  TLS_KEY,
  TLS_SERVERNAME,
} from '../options/site-options.ts';
import { type SiteCall, secretInKeyring } from './chosen-profile.ts';

/** TLS of the connections to the brokers; undefined: plain. Refused where a file is not what it should be. */
export async function tlsOf(call: SiteCall): Promise<Result<TlsSettings | undefined, Complaint>> {
  const { given, env } = call;
  const names = {
    'tls-ca': given.text(TLS_CA),
    'tls-cert': given.text(TLS_CERT),
    'tls-key': given.text(TLS_KEY),
  };
  const servername = given.text(TLS_SERVERNAME);
  const isMeant =
    servername !== undefined || Object.values(names).some((name) => name !== undefined);
  if (!isMeant) return ok(given.has(TLS) ? {} : undefined);
  const passphrase =
    (await secretInKeyring(call, 'tls-key-passphrase')) ??
    env[SECRET_VARIABLES['tls-key-passphrase']];
  const { readCertificateFiles } = await import('../../adapters/system/certificate-files.ts');
  const readText = (path: string): string => readFileSync(path, 'utf8');
  const texts = readCertificateFiles({ ...names, 'tls-key-passphrase': passphrase }, readText);
  if (!texts.ok) return texts;
  return ok({
    ...texts.value,
    ...(servername === undefined ? {} : { servername }),
    ...(passphrase === undefined ? {} : { passphrase }),
  });
}

/** The log-in to the brokers; undefined: none. The password never stands on the command line. */
export async function saslOf(call: SiteCall): Promise<Result<SaslSettings | undefined, Complaint>> {
  const username = call.given.text(SASL_USERNAME);
  const named = call.given.text(SASL_MECHANISM)?.toLowerCase();
  if (username === undefined) {
    return named === undefined
      ? ok(undefined)
      : failure({ message: '--sasl-mechanism needs a user.', remedy: 'Give --sasl-username.' });
  }
  const mechanism = SASL_MECHANISMS.find((one) => one === named) ?? 'scram-sha-512';
  const password = await siteSecret(call, 'sasl-password', `Password of ${username}`);
  return password.ok
    ? ok({ mechanism, username, password: password.value })
    : failure({ message: password.error });
}

/** A secret of the site: out of the keyring, else out of its variable, else typed by a person. */
export async function siteSecret(
  call: SiteCall,
  kind: SecretKind,
  question: string,
): Promise<Result<string, string>> {
  const kept = await secretInKeyring(call, kind);
  if (kept !== null) return ok(kept);
  const secret = await secretOf(call, SECRET_VARIABLES[kind], question);
  if (secret.ok || call.chosen === null) return secret;
  const keep = `klaxon profiles set-secret ${call.chosen.name} --secret ${kind}`;
  return failure(`${secret.error} Where a keyring is open it is kept with: ${keep}`);
}

/** A secret out of its variable, else typed by a person. */
export async function secretOf(
  { env, terminal }: CommandCall,
  variable: string,
  question: string,
): Promise<Result<string, string>> {
  // An empty variable counts as none, as everywhere.
  const known = env[variable] ?? '';
  if (known !== '') return ok(known);
  const typed = await terminal.ask(`${question}: `, true);
  return typed === null
    ? failure(`There is no password: set ${variable}, or run this on a terminal.`)
    : ok(typed);
}
