import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createCliOf, type TestCli } from './cli-run.ts';

/**
 * What a container's engine does for the image, in the shell's words: this computer's root, read-only, nothing of it writable, as
 * a user without a name, without capabilities and without a way to new ones.
 */
const CONTAIN = [
  'root=$1; shift',
  'mount --make-rprivate /',
  'mount --bind / "$root"',
  'mount -o remount,bind,ro "$root"',
  'mount -t proc -o ro proc "$root/proc"',
  'mount --bind -o ro /dev "$root/dev"',
  'user="--reuid=65534 --regid=65534 --clear-groups"',
  'exec chroot "$root" setpriv $user --no-new-privs --inh-caps=-all --bounding-set=-all -- "$@"',
].join(' && ');

/** A program as a container runs it: `point` is a folder that need not exist. Why not, where this machine does not allow it. */
export function containedCli(
  point: string,
  program: readonly string[],
  env: Readonly<Record<string, string>>,
): TestCli | string {
  mkdirSync(point, { recursive: true });
  const words = ['--mount', 'sh', '-c', CONTAIN, 'sh', point];
  try {
    execFileSync('unshare', [...words, 'true'], { stdio: 'pipe' });
  } catch (cause) {
    return `no root can be mounted read-only here: ${String(cause)}`;
  }
  return createCliOf('unshare', [...words, ...program], { HOME: '/nonexistent', ...env });
}
