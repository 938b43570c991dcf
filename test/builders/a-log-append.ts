import { epochMs } from '../../core/lib/units.ts';
import type { LogAppend } from '../../core/ports/alarm-log.ts';

/** A record to be appended; override what the test is about. */
export function aLogAppend(topic: string, more: Partial<LogAppend> = {}): LogAppend {
  return {
    topic,
    key: Buffer.from('channel1'),
    value: Buffer.from('alarming'),
    headers: [{ name: 'user', value: Buffer.from('astrid') }],
    timestampAt: epochMs(1_614_600_000_000),
    ...more,
  };
}
