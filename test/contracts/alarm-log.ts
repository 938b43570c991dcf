import { describe } from 'vitest';
import { describeAppending } from './alarm-log-appending.ts';
import type { MakeLog } from './alarm-log-ground.ts';
import { describeReading } from './alarm-log-reading.ts';
import { describeTopicCare } from './alarm-log-topics.ts';

/** The whole contract of the port `AlarmLog`: every adapter passes it unchanged. */
export function describeAlarmLog(name: string, makeLog: MakeLog): void {
  describe(`the alarm log (${name})`, () => {
    describeAppending(makeLog);
    describeReading(makeLog);
    describeTopicCare(makeLog);
  });
}
