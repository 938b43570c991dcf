import type { Keyring, KeyringProblem } from '../../adapters/profiles/keyring.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';

/** A keyring that is open and keeps what is in the map, or one that is not open. */
export function memoryKeyring(kept: Map<string, string> | null): Keyring {
  const ask = async <T>(
    question: (open: Map<string, string>) => T,
  ): Promise<Result<T, KeyringProblem>> =>
    kept === null
      ? failure({ code: 'NoKeyring', message: 'No keyring is open here (test).' })
      : ok(question(kept));
  return {
    read: (name) => ask((open) => open.get(name) ?? null),
    keep: (name, secret) => ask((open) => void open.set(name, secret)),
    forget: (name) => ask((open) => open.delete(name)),
  };
}
