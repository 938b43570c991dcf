import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Everything under a folder, parents before their children.
 * @param {string} folder
 * @returns {string[]} paths
 */
export function everythingIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? [path, ...everythingIn(path)] : [path];
  });
}

/**
 * Gives files and folders the modes that installed ones have, whatever the umask of the build was: readable by all, to be
 * executed where somebody could execute them, to be written by their owner alone.
 * @param {string} root
 */
export function settleModes(root) {
  for (const path of [root, ...everythingIn(root)]) {
    const status = lstatSync(path);
    if (status.isSymbolicLink()) continue;
    const isOpen = status.isDirectory() || (status.mode & 0o111) !== 0;
    chmodSync(path, isOpen ? 0o755 : 0o644);
  }
}
