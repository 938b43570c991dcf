import { mkdir } from 'node:fs/promises';
import type { Result } from '../../core/lib/result.ts';
import { failure, ok } from '../../core/lib/result.ts';
import type { AlarmLog, LogProblem } from '../../core/ports/alarm-log.ts';
import { findJournalDamage } from './journal-check.ts';
import { describeOpenFailure } from './level-failures.ts';
import { openLevelRecordStore } from './level-record-store.ts';
import type { LocalLogOptions } from './local-log.ts';
import { loadLocalLog } from './local-log.ts';
import { storeDamaged, storeSetAside, unexpectedProblem } from './log-problems.ts';
import type { StoreTrouble } from './record-store.ts';
import { findMissingPart, setAside } from './set-aside.ts';

export interface EmbeddedLogOptions extends LocalLogOptions {
  /** Told when a damaged store was set aside and a new one opened in its place; say it to the operator. */
  readonly onNotice: (notice: LogProblem) => void;
}

/**
 * Opens the alarm log in `folder`, or makes it, and checks every record that it holds.
 *
 * - What was acknowledged is there, whatever moment the program or the computer stopped at.
 * - A damaged store is renamed to `<folder>.damaged-<time>`, never deleted: a new empty one is opened
 *   and `onNotice` told (`StoreDamaged`).
 * - Fails with `StoreInUse` (another process holds it), `DiskFull`, or `Unexpected` (rights, a newer format).
 */
export async function openEmbeddedLog(
  folder: string,
  options: EmbeddedLogOptions,
): Promise<Result<AlarmLog, LogProblem>> {
  const first = await openOnce(folder, options);
  if (first.ok || first.error.damage === undefined) {
    return first;
  }
  const { damage } = first.error;
  try {
    const aside = await setAside(folder, options.clock.now());
    const fresh = await openOnce(folder, options);
    if (fresh.ok) {
      options.onNotice(storeSetAside(folder, aside, damage));
    }
    return fresh;
  } catch (cause) {
    return failure(unexpectedProblem(`Setting aside the damaged alarm store ${folder}`, cause));
  }
}

async function openOnce(
  folder: string,
  options: LocalLogOptions,
): Promise<Result<AlarmLog, StoreTrouble>> {
  const prepared = await prepareFolder(folder);
  if (!prepared.ok) {
    return prepared;
  }
  const store = await openLevelRecordStore(folder);
  if (!store.ok) {
    return store;
  }
  const log = await loadLocalLog(store.value, options);
  if (!log.ok) {
    await store.value.close();
  }
  return log;
}

async function prepareFolder(folder: string): Promise<Result<void, StoreTrouble>> {
  try {
    await mkdir(folder, { recursive: true });
    const damage = (await findMissingPart(folder)) ?? (await findJournalDamage(folder));
    return damage === null ? ok(undefined) : failure({ ...storeDamaged(folder, damage), damage });
  } catch (cause) {
    return failure(describeOpenFailure(folder, cause));
  }
}
