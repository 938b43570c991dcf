import { randomBytes } from 'node:crypto';

/** A name that no other test uses: `registered-alarms` becomes `registered-alarms-1f2e3d4c`. */
export function randomName(base: string): string {
  return `${base}-${randomBytes(4).toString('hex')}`;
}
