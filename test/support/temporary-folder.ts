import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that only one test uses. */
export interface TemporaryFolder {
  /** Does not exist yet: what is tested makes it. Everything beside it, too, goes with `remove`. */
  readonly path: string;
  remove(): Promise<void>;
}

/** Answers the path of a folder that can be made, in a new folder of its own. */
export async function createTemporaryFolder(base: string): Promise<TemporaryFolder> {
  const parent = await mkdtemp(join(tmpdir(), 'klaxon-test-'));
  return {
    path: join(parent, base),
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}
