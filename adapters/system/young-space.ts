import { setFlagsFromString } from 'node:v8';

/**
 * Lets the engine's space for new objects grow to its whole size (16 MiB) at once instead of doubling: what a replay makes
 * stays, and each collection of a small space copies it. A fifth of the processor time of a replay of 100,000 records.
 */
export function growYoungSpaceAtOnce(): void {
  setFlagsFromString('--semi-space-growth-factor=16');
}
