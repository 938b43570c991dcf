import { FILE_FAULTS } from '../system/file-fault.ts';
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

/** What the system says where no folder can be; of these the first two mean something else than of a file. */
const NO_FOLDER: ReadonlyMap<string, string> = new Map([
  ['EEXIST', 'it is a file, not a folder'],
  ['ENOENT', 'the folder that it is to lie in is not there'],
]);
const NO_PATH: ReadonlySet<string> = new Set(['ENOTDIR', 'ENAMETOOLONG', 'EROFS']);

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
  const fault = codes.map(noFolder).find((words) => words !== undefined);
  return fault === undefined
    ? unexpectedProblem(`Opening the alarm store ${folder}`, cause)
    : storeImpossible(folder, fault);
}

function noFolder(code: string): string | undefined {
  return NO_FOLDER.get(code) ?? (NO_PATH.has(code) ? FILE_FAULTS[code] : undefined);
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
