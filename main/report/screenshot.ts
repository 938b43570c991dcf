import { writeFile } from 'node:fs/promises';
import type { Logger } from '../logging/logger.ts';

/** Where a picture of the window goes, and who is told. */
export interface ScreenshotOptions {
  readonly path: string;
  readonly capture: () => Promise<Uint8Array>;
  /** Told where it is, once it is there. */
  readonly write: (line: string) => void;
  readonly logger: Logger;
}

/** Saves a picture of the window; one that fails is logged. */
export async function saveScreenshot(options: ScreenshotOptions): Promise<void> {
  const { path, logger } = options;
  try {
    await writeFile(path, await options.capture());
    options.write(JSON.stringify({ klaxon: 'screenshot', path }));
  } catch (thrown) {
    logger.error('no screenshot', { path, thrown });
  }
}
