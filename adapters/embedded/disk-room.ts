import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const PROBE = 'room-probe.tmp';
const SPARE_BYTES = 262_144;
const CHUNK = Buffer.alloc(65_536, 0x5a);

/** How many bytes opening the store anew may write: its journals become tables then. */
export async function spaceNeededToReopen(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(
    names.filter((name) => name.endsWith('.log')).map((name) => sizeOf(join(folder, name))),
  );
  return sizes.reduce((sum, size) => sum + size, SPARE_BYTES);
}

/**
 * Throws the system's own error where so many bytes cannot be written there now.
 * Found out by writing them: what `statfs` says ignores quotas.
 */
export async function probeRoom(folder: string, bytes: number): Promise<void> {
  const path = join(folder, PROBE);
  try {
    const file = await open(path, 'w');
    try {
      for (let written = 0; written < bytes; written += CHUNK.length) {
        await file.write(CHUNK);
      }
      await file.sync();
    } finally {
      await file.close();
    }
  } finally {
    await rm(path, { force: true });
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}
