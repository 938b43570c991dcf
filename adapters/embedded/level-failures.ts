import {
  describeCause,
  diskFull,
  storeDamaged,
  storeForbidden,
  storeImpossible,
  storeInUse,
  unexpectedProblem,
} from './log-problems.ts';
import type { StoreTrouble } from './record-store.ts';

/** What the operating systems say where there is no room: ENOSPC, EDQUOT, EFBIG, and Windows' ERROR_DISK_FULL. */
const NO_ROOM = /no space left|quota exceeded|file too large|not enough space/i;

/** What LevelDB says of files that are there but wrong, where it gives no code of its own. */
const DAMAGE = /corruption|checksum|bad block|missing files|truncated|not an sstable/i;

/** What they say where the files are somebody else's: EACCES, EPERM, and Windows' ERROR_ACCESS_DENIED. */
const NO_RIGHT = /permission denied|operation not permitted|access is denied/i;

/** What the system says where no folder can be. */
const NO_FOLDER: ReadonlyMap<string, string> = new Map([
  ['EEXIST', 'it is a file, not a folder'],
  ['ENOTDIR', 'a part of its path is a file, not a folder'],
  ['ENOENT', 'the folder that it is to lie in is not there'],
  ['ENAMETOOLONG', 'its name is too long'],
  ['EROFS', 'nothing can be written to that disk'],
]);

/** Why the store could not be opened or read. */
export function describeOpenFailure(folder: string, cause: unknown): StoreTrouble {
  const codes = codesOf(cause);
  const words = describeCause(cause);
  if (codes.includes('LEVEL_LOCKED')) {
    return storeInUse(folder);
  }
  if (NO_ROOM.test(words)) {
    return diskFull(folder);
  }
  if (NO_RIGHT.test(words)) {
    return storeForbidden(folder);
  }
  if (codes.includes('LEVEL_CORRUPTION') || DAMAGE.test(words)) {
    return { ...storeDamaged(folder, words), damage: words };
  }
  const fault = codes.map((code) => NO_FOLDER.get(code)).find((words) => words !== undefined);
  return fault === undefined
    ? unexpectedProblem(`Opening the alarm store ${folder}`, cause)
    : storeImpossible(folder, fault);
}

/** Why a change could not be written. */
export function describeWriteFailure(folder: string, cause: unknown): StoreTrouble {
  return NO_ROOM.test(describeCause(cause))
    ? diskFull(folder)
    : unexpectedProblem(`Writing to the alarm store ${folder}`, cause);
}

function codesOf(cause: unknown): readonly string[] {
  if (!(cause instanceof Error)) {
    return [];
  }
  const own = 'code' in cause && typeof cause.code === 'string' ? [cause.code] : [];
  return [...own, ...codesOf(cause.cause)];
}
