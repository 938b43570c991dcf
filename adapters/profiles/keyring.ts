import type { AsyncEntry } from '@napi-rs/keyring';
import { failure, ok, type Result } from '../../core/lib/result.ts';

/** Why the keyring of the operating system does not answer. */
export interface KeyringProblem {
  readonly code: 'NoKeyring';
  readonly message: string;
}

/** Secrets of this user, kept by the operating system: Keychain, Credential Manager, or a Secret Service (GNOME Keyring, KWallet). */
export interface Keyring {
  /** Null where none is kept under this name. */
  read(name: string): Promise<Result<string | null, KeyringProblem>>;
  keep(name: string, secret: string): Promise<Result<void, KeyringProblem>>;
  /** Answers whether there was one. */
  forget(name: string): Promise<Result<boolean, KeyringProblem>>;
}

/** The keyring of this user’s session. Nothing is loaded or asked before the first question. */
export function createSystemKeyring(): Keyring {
  return {
    read: (name) => ask(name, (entry) => entry.getPassword()),
    keep: (name, secret) => ask(name, (entry) => entry.setPassword(secret)),
    forget: (name) => ask(name, (entry) => entry.deleteCredential()),
  };
}

/** Under which keyring programs list our secrets. */
const SERVICE = 'klaxon';

/** A person may have to unlock it first; longer than this nobody is waiting for. */
const PATIENCE_MS = 60_000;

/** Never the kernel’s keyring, into which the library would fall back: it forgets at the next start, and nobody has to unlock it. */
const REAL_KEYRING = { linux: { store: 'secret-service' } } as const;

async function ask<T>(
  name: string,
  question: (entry: AsyncEntry) => Promise<T>,
): Promise<Result<T, KeyringProblem>> {
  try {
    // Where there is no binding for this system, there is no keyring for us.
    const { AsyncEntry: Entry } = await import('@napi-rs/keyring');
    return ok(await inTime(question(new Entry(SERVICE, name, REAL_KEYRING))));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return failure({ code: 'NoKeyring', message: `No keyring is open here (${firstLine(why)}).` });
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it did not answer')), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.slice(0, 160).replace(/\.$/, '') ?? '';
}
