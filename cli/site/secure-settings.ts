import { readFile } from 'node:fs/promises';
import type { SaslSettings, TlsSettings } from '../../adapters/kafka/connection/kafka-settings.ts';
import type { SecretKind } from '../../adapters/profiles/profile.ts';
import { SECRET_VARIABLES } from '../../adapters/profiles/profile-secrets.ts';
import { SASL_MECHANISMS } from '../../adapters/system/site-settings.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { CommandCall, OptionSpec } from '../command/command.ts';
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

/** TLS of the connections to the brokers; undefined: plain. Refused where a file cannot be read. */
export async function tlsOf(call: SiteCall): Promise<Result<TlsSettings | undefined, string>> {
  const { given, env } = call;
  const texts: Record<string, string> = {};
  for (const [part, option] of [
    ['ca', TLS_CA],
    ['cert', TLS_CERT],
    ['key', TLS_KEY],
  ] as const) {
    const file = given.text(option);
    if (file === undefined) continue;
    const text = await textOfFile(option, file);
    if (!text.ok) return text;
    texts[part] = text.value;
  }
  const servername = given.text(TLS_SERVERNAME);
  if (servername !== undefined) texts['servername'] = servername;
  const isWanted = given.has(TLS) || Object.keys(texts).length > 0;
  if (!isWanted) return ok(undefined);
  const passphrase =
    (await secretInKeyring(call, 'tls-key-passphrase')) ??
    env[SECRET_VARIABLES['tls-key-passphrase']];
  return ok(passphrase === undefined ? texts : { ...texts, passphrase });
}

/** The log-in to the brokers; undefined: none. The password never stands on the command line. */
export async function saslOf(call: SiteCall): Promise<Result<SaslSettings | undefined, string>> {
  const username = call.given.text(SASL_USERNAME);
  const named = call.given.text(SASL_MECHANISM)?.toLowerCase();
  if (username === undefined) {
    return named === undefined
      ? ok(undefined)
      : failure('--sasl-mechanism needs a user: give --sasl-username.');
  }
  const mechanism = SASL_MECHANISMS.find((one) => one === named) ?? 'scram-sha-512';
  const password = await siteSecret(call, 'sasl-password', `Password of ${username}`);
  return password.ok ? ok({ mechanism, username, password: password.value }) : password;
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
  const known = env[variable];
  if (known !== undefined) return ok(known);
  const typed = await terminal.ask(`${question}: `, true);
  return typed === null
    ? failure(`There is no password: set ${variable}, or run this on a terminal.`)
    : ok(typed);
}

async function textOfFile(option: OptionSpec, file: string): Promise<Result<string, string>> {
  try {
    return ok(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failure(`The file of --${option.name} cannot be read: ${reason}.`);
  }
}
