import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32c } from '../kafka/reading/crc32c.ts';

/** LevelDB's journal: blocks of this size, each a row of fragments that never cross a block. */
const BLOCK_BYTES = 32_768;
/** Before each fragment: masked CRC-32C (4), length (2), type (1), little-endian. */
const HEADER_BYTES = 7;
const LAST_TYPE = 4;
const MASK_DELTA = 0xa282_ead8;

/**
 * What is damaged in the journals of a store, or null.
 *
 * LevelDB skips what it cannot read of a journal and says nothing, which would silently lose acknowledged records.
 * So the journals are read first: a fragment that does not hold is the torn end that a crash leaves if nothing whole
 * comes after it, and was never acknowledged; otherwise it is damage.
 */
export async function findJournalDamage(folder: string): Promise<string | null> {
  const names = await readdir(folder);
  for (const name of names.filter((file) => /^\d{6,}\.log$/.test(file)).sort()) {
    const at = damagedAt(await readFile(join(folder, name)));
    if (at !== null) {
      return `its journal ${name} does not hold at byte ${at}`;
    }
  }
  return null;
}

function damagedAt(journal: Buffer): number | null {
  let at = 0;
  while (at < journal.length) {
    const left = BLOCK_BYTES - (at % BLOCK_BYTES);
    const length = left < HEADER_BYTES ? left : wholeFragmentAt(journal, at);
    if (length === null) {
      return hasWholeFragmentAfter(journal, at) ? at : null;
    }
    at += length;
  }
  return null;
}

/** The length of the fragment with its header, or null where none begins there. */
function wholeFragmentAt(journal: Buffer, at: number): number | null {
  if (at + HEADER_BYTES > journal.length) {
    return null;
  }
  const end = at + HEADER_BYTES + journal.readUInt16LE(at + 4);
  const type = journal[at + 6] ?? 0;
  const blockEnd = at - (at % BLOCK_BYTES) + BLOCK_BYTES;
  if (type < 1 || type > LAST_TYPE || end > Math.min(blockEnd, journal.length)) {
    return null;
  }
  const view = new DataView(journal.buffer, journal.byteOffset, journal.length);
  const sum = crc32c(view, at + 6, end);
  const masked = (((sum >>> 15) | (sum << 17)) + MASK_DELTA) >>> 0;
  return masked === journal.readUInt32LE(at) ? end - at : null;
}

/** Looks at every byte of the same block, since a wrong length hides where the next fragment begins; then at each block. */
function hasWholeFragmentAfter(journal: Buffer, at: number): boolean {
  const blockEnd = Math.min(journal.length, at - (at % BLOCK_BYTES) + BLOCK_BYTES);
  for (let next = at + 1; next < blockEnd; next += 1) {
    if (wholeFragmentAt(journal, next) !== null) {
      return true;
    }
  }
  for (let next = blockEnd; next < journal.length; next += BLOCK_BYTES) {
    if (wholeFragmentAt(journal, next) !== null) {
      return true;
    }
  }
  return false;
}
