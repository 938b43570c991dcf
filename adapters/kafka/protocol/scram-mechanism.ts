/** The log-ins for which Kafka keeps users itself. */
export type ScramMechanism = 'scram-sha-256' | 'scram-sha-512';

const CODES: Readonly<Record<ScramMechanism, number>> = { 'scram-sha-256': 1, 'scram-sha-512': 2 };

export function codeOfMechanism(mechanism: ScramMechanism): number {
  return CODES[mechanism];
}

/** Null where the code is of a newer Kafka. */
export function mechanismOfCode(code: number): ScramMechanism | null {
  if (code === CODES['scram-sha-256']) return 'scram-sha-256';
  return code === CODES['scram-sha-512'] ? 'scram-sha-512' : null;
}
