import { openMemoryLog } from '../../adapters/embedded/memory-log.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import { describeAlarmLog } from './alarm-log.ts';

describeAlarmLog('in memory', () => openMemoryLog({ clock: createSystemClock() }));
