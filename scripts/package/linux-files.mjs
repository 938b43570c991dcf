import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '../electron-runtime.mjs';

/** Where a shell of each kind of system looks for zsh's completions. */
const ZSH_FOLDERS = { deb: 'vendor-completions', rpm: 'site-functions' };

/**
 * Puts together in out/ what a Linux package installs beside the application: the command on the PATH, the manual,
 * completions, unit files, licence and changes. electron-builder.yml names the folders.
 * @param {string} out the folder with the built command line
 */
export function writeLinuxFiles(out) {
  const say = (/** @type {string[]} */ ...words) =>
    execFileSync(process.execPath, [join(out, 'cli', 'klaxon.cjs'), ...words]);
  const usr = freshFolder(join(out, 'linux'));
  put(join(usr, 'share', 'man', 'man1', 'klaxon.1.gz'), gzipSync(say('man'), { level: 9 }));
  put(join(usr, 'share', 'bash-completion', 'completions', 'klaxon'), say('completions', 'bash'));
  put(
    join(usr, 'share', 'fish', 'vendor_completions.d', 'klaxon.fish'),
    say('completions', 'fish'),
  );
  put(join(usr, 'share', 'doc', 'klaxon', 'copyright'), readProject('LICENSE'));
  const changes = gzipSync(readProject('CHANGELOG.md'), { level: 9 });
  put(join(usr, 'share', 'doc', 'klaxon', 'changelog.gz'), changes);
  cpSync(join(projectRoot, 'deploy', 'systemd'), join(usr, 'lib', 'systemd', 'system'), {
    recursive: true,
  });
  mkdirSync(join(usr, 'bin'));
  symlinkSync('../../opt/Klaxon/klaxon', join(usr, 'bin', 'klaxon'));
  for (const [kind, folder] of Object.entries(ZSH_FOLDERS)) {
    const own = freshFolder(join(out, `linux-${kind}`));
    put(join(own, 'share', 'zsh', folder, '_klaxon'), say('completions', 'zsh'));
  }
}

/** @param {string} folder */
function freshFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
  const usr = join(folder, 'usr');
  mkdirSync(usr, { recursive: true });
  return usr;
}

/** @param {string} name */
function readProject(name) {
  return readFileSync(join(projectRoot, name));
}

/**
 * @param {string} file
 * @param {Uint8Array} bytes
 */
function put(file, bytes) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}
