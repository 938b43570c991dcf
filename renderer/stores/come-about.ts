import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { CommandVerb } from './command-store.ts';

/** Whether the log shows what a command asked for, whoever's record it was: then nothing of it is open any more. */
export function hasComeAbout(verb: CommandVerb, row: AlarmRow): boolean {
  switch (verb) {
    case 'acknowledge':
      return row.actual === 'acknowledged' || row.actual === 'normal';
    case 'unacknowledge':
      return row.actual !== 'acknowledged';
    case 'shelve':
      return row.effective === 'shelved';
    case 'unshelve':
      return row.effective !== 'shelved';
  }
}
