import { createHash } from 'node:crypto';

/** One live key of active-alarms and what it says: the answer that every reader must agree on. */
export type LiveKey = readonly [name: string, type: string, says: string];

/** The number of alarms that are active, and a digest over every live key, in an order of its own. */
export function digestOf(keys: Iterable<LiveKey>): { alarms: number; digest: string } {
  const lines: string[] = [];
  const names = new Set<string>();
  for (const [name, type, says] of keys) {
    lines.push(`${name}\u0000${type}\u0000${says}`);
    names.add(name);
  }
  const digest = createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, 16);
  return { alarms: names.size, digest };
}
