import { InvariantError } from '../../core/lib/invariant.ts';
import type { AlarmLog } from '../../core/ports/alarm-log.ts';
import type { LocalLogOptions } from './local-log.ts';
import { loadLocalLog } from './local-log.ts';
import { createMemoryRecordStore } from './memory-record-store.ts';

/** An empty alarm log that lives only in this process: the twin of the embedded one, for tests and trainers. */
export async function openMemoryLog(options: LocalLogOptions): Promise<AlarmLog> {
  const loaded = await loadLocalLog(createMemoryRecordStore(), options);
  if (!loaded.ok) {
    throw new InvariantError('a store in memory that was just made holds nothing to fail on');
  }
  return loaded.value;
}
