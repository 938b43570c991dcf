import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** Where a bundled program lies, and where what the engine made of it is kept. */
export interface CachedProgram {
  /** A CommonJS bundle that imports nothing dynamically. */
  readonly bundle: string;
  /** A folder of the user's own; it need not exist, nor be writable. Null: nothing is kept. */
  readonly cacheFolder: string | null;
  /** What the program is asked to do, e.g. a command: each has compiled code of its own. A plain word, or empty. */
  readonly task?: string;
}

/** How a program was started. */
export type CacheUse = 'used' | 'absent' | 'refused';

/**
 * Runs a bundled program, with the compiled code of an earlier run where that is there: reading and compiling half a megabyte
 * of source is a third of what a short command takes. Code is kept once for each bundle and version of Node: when the process
 * ends, or ten seconds after the start of one that stays. A cache that is damaged, of another bundle or of another Node is made
 * anew; one that cannot be read or written changes nothing but the time.
 */
export function runCachedProgram({ bundle, cacheFolder, task = '' }: CachedProgram): CacheUse {
  const source = readFileSync(bundle);
  const name = cacheNameOf(bundle, source, task);
  const file = cacheFolder === null ? null : join(cacheFolder, name);
  const cachedData = file === null ? undefined : readCache(file);
  // On the bundle's own first line, so that the lines of a source map stay right. Bundles are written in ASCII.
  const text = `(function (exports, require, module, __filename, __dirname) {${source.toString('latin1')}\n})`;
  const script = new Script(text, {
    filename: bundle,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const use =
    cachedData === undefined ? 'absent' : script.cachedDataRejected === true ? 'refused' : 'used';
  if (use !== 'used' && file !== null) keepWhenWarm(script, file);
  const module = { exports: {} };
  const run: unknown = script.runInThisContext();
  if (typeof run === 'function') {
    run(module.exports, createRequire(bundle), module, bundle, dirname(bundle));
  }
  return use;
}

/**
 * The folder in which this user's programs keep what can be made anew; null where there is none: an account without a name
 * and a home, as in a container, must not keep code where others could lay theirs.
 */
export function userCacheFolder(env: Readonly<Record<string, string | undefined>>): string | null {
  const named = [env['XDG_CACHE_HOME'], env['LOCALAPPDATA']].find(isWholePath);
  const root = named ?? homeCache();
  return root === null ? null : join(root, 'klaxon', 'code');
}

/** An empty one counts as none, and a relative one too: it would be another in each folder. */
function isWholePath(path: string | undefined): path is string {
  return path !== undefined && isAbsolute(path);
}

function homeCache(): string | null {
  try {
    const home = homedir();
    return isAbsolute(home) ? join(home, '.cache') : null;
  } catch {
    // Neither HOME nor an entry of the account.
    return null;
  }
}

const KEEP_AFTER_MS = 10_000;
/** Thirty days: compiled code that is that old is made anew when it is wanted. */
const KEPT_FOR_MS = 30 * 86_400_000;
const CHECKSUM_BYTES = 4;

function cacheNameOf(bundle: string, source: Uint8Array, task: string): string {
  const { version, arch } = process;
  const name = `${basename(bundle)}-${version}-${arch}-${source.length}-${crc32(source).toString(16)}`;
  return task === '' ? name : `${name}-${task}`;
}

/** The engine looks at its own version and flags, but takes damaged code for good. */
function readCache(file: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file);
    const code = bytes.subarray(CHECKSUM_BYTES);
    return bytes.readUInt32BE(0) === crc32(code) ? code : undefined;
  } catch {
    // Not there, not readable or too short: compiling is always possible.
    return undefined;
  }
}

/** Functions that have run by then are in it; what a program never needs is not. */
function keepWhenWarm(script: Script, file: string): void {
  const keep = (): void => {
    clearTimeout(timer);
    process.off('exit', keep);
    writeCache(file, script.createCachedData());
  };
  const timer = setTimeout(keep, KEEP_AFTER_MS);
  timer.unref();
  process.once('exit', keep);
}

function writeCache(file: string, code: Buffer): void {
  const checksum = Buffer.alloc(CHECKSUM_BYTES);
  checksum.writeUInt32BE(crc32(code));
  const part = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(part, Buffer.concat([checksum, code]), { mode: 0o600 });
    // At once: another process may be reading it.
    renameSync(part, file);
    discardOld(dirname(file));
  } catch {
    // A full disk or a folder of somebody else: the next start compiles as this one did.
    discard(part);
  }
}

/** What earlier versions of the programs have left. */
function discardOld(folder: string): void {
  const before = Date.now() - KEPT_FOR_MS;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (statSync(file).mtimeMs < before) discard(file);
  }
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // There is no such folder, so there is nothing to discard.
  }
}
