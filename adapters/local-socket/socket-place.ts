import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where a socket may lie. */
export interface SocketPlace {
  readonly path: string;
  /** The folder that protects it; null for a named pipe, which lies in none. */
  readonly folder: string | null;
}

/** What the computer has to say about places. */
export interface Surroundings {
  readonly platform: string;
  /** The user's number; undefined where the system has none. */
  readonly uid: number | undefined;
  /** The folder of the user's session, `XDG_RUNTIME_DIR`. */
  readonly runtimeFolder: string | undefined;
  readonly temporaryFolder: string;
}

/** What stands at a place. */
export type PlaceState = 'nothing' | 'ours' | 'foreign';

/** `sun_path` holds 108 bytes on Linux and 104 elsewhere, with the zero at its end. */
const MOST_PATH_BYTES = { linux: 107, other: 103 } as const;
const ONLY_OWNER = 0o700;
const ANYONE_ELSE = 0o077;

/** The surroundings of this process. */
export function surroundingsOfProcess(): Surroundings {
  return {
    platform: process.platform,
    uid: process.getuid?.(),
    runtimeFolder: process.env['XDG_RUNTIME_DIR'],
    temporaryFolder: tmpdir(),
  };
}

/**
 * Where the socket of the log in `logFolder` (its real path) may lie, best first: beside the log itself, else, where
 * that path is too long for a socket or nothing can be made there, under a name made from the folder's in the user's
 * runtime folder, else in a folder of the user's own in the temporary folder. On Windows a named pipe.
 */
export function placesOf(logFolder: string, around: Surroundings): readonly SocketPlace[] {
  const name = createHash('sha256').update(`${logFolder}`).digest('hex').slice(0, 32);
  if (around.platform === 'win32') {
    return [{ path: `\\\\.\\pipe\\klaxon-${name}`, folder: null }];
  }
  const { runtimeFolder, temporaryFolder, uid } = around;
  const most = around.platform === 'linux' ? MOST_PATH_BYTES.linux : MOST_PATH_BYTES.other;
  const places = [placeIn(join(logFolder, 'console'), 'log')];
  if (runtimeFolder !== undefined && isAbsolute(runtimeFolder)) {
    places.push(placeIn(join(runtimeFolder, 'klaxon'), name));
  }
  places.push(placeIn(join(temporaryFolder, `klaxon-${uid}`), name));
  return places.filter(({ path }) => Buffer.byteLength(path) <= most);
}

/** Makes the folder of a place, for its owner alone. Throws the system's error, or one that says whose it is. */
export async function claimFolder(place: SocketPlace, uid: number | undefined): Promise<void> {
  if (place.folder === null) return;
  try {
    await mkdir(place.folder, { mode: ONLY_OWNER });
  } catch (cause) {
    if (!isCode(cause, 'EEXIST')) throw cause;
  }
  // `lstat`, so that a link is seen as one: what it leads to may be anybody's.
  const found = await lstat(place.folder);
  if (!found.isDirectory() || found.uid !== uid) {
    throw new Error(`${place.folder} is not a folder of this user`);
  }
  if ((found.mode & ANYONE_ELSE) !== 0) await chmod(place.folder, ONLY_OWNER);
}

/** Whether a socket of this user lies there, in a folder that nobody else can write to or look into. */
export async function stateOfPlace(
  place: SocketPlace,
  uid: number | undefined,
): Promise<PlaceState> {
  if (place.folder === null) return 'ours';
  try {
    const [folder, socket] = [await lstat(place.folder), await lstat(place.path)];
    const isPrivate = folder.isDirectory() && (folder.mode & ANYONE_ELSE) === 0;
    const isOurs = folder.uid === uid && socket.uid === uid && socket.isSocket();
    return isPrivate && isOurs ? 'ours' : 'foreign';
  } catch (cause) {
    return isCode(cause, 'ENOENT') ? 'nothing' : 'foreign';
  }
}

/** Whether the system gave this code. */
export function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}

function placeIn(folder: string, name: string): SocketPlace {
  return { path: join(folder, `${name}.sock`), folder };
}
