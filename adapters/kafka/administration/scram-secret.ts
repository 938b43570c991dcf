import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { ScramUpsertion } from '../protocol/alter-scram-users.ts';
import type { ScramMechanism } from '../protocol/scram-mechanism.ts';

/** How many times a password is hashed where nobody says; RFC 5802 asks for 4,096 at least, Kafka for 16,384 at most. */
export const DEFAULT_ITERATIONS = 8_192;
export const FEWEST_ITERATIONS = 4_096;
export const MOST_ITERATIONS = 16_384;

/** A log-in as somebody chose it. */
export interface ChosenLogin {
  readonly user: string;
  readonly password: string;
  readonly mechanism: ScramMechanism;
  readonly iterations: number;
}

const SALT_BYTES = 24;
const HASHES = {
  'scram-sha-256': { digest: 'sha256', bytes: 32 },
  'scram-sha-512': { digest: 'sha512', bytes: 64 },
} as const;
const derive = promisify(pbkdf2);

/**
 * The log-in as the broker keeps it: salted and hashed here (PBKDF2), so that the password never leaves this computer.
 * The salt is random where none is given.
 */
export async function hashLogin(
  { user, password, mechanism, iterations }: ChosenLogin,
  salt: Uint8Array = randomBytes(SALT_BYTES),
): Promise<ScramUpsertion> {
  const { digest, bytes } = HASHES[mechanism];
  const saltedPassword = await derive(password, salt, iterations, bytes, digest);
  return { user, mechanism, iterations, salt, saltedPassword };
}
