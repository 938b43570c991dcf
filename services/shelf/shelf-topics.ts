import { epochMs } from '../../core/lib/units.ts';
import type { AlarmLog } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { ALARM_OCCURRENCES, REGISTERED_ALARMS, SHELVED_ALARMS } from '../../schemas/topics.ts';

const NEEDED = [REGISTERED_ALARMS, SHELVED_ALARMS];
const ASK_AGAIN_MS = 1_000;

/**
 * Tells, once the log can be asked, which topics the shelf service reads: registrations for their limits, shelves, and the
 * keeper's topic where it exists, since the log itself stamps that one and so shows the broker's clock. Answers how to stop asking.
 */
export function topicsToRead(
  log: AlarmLog,
  clock: Clock,
  onTopics: (topics: readonly string[]) => void,
): () => void {
  let isOver = false;
  let cancel = (): void => undefined;
  const ask = async (): Promise<void> => {
    const described = await log.describeTopics([ALARM_OCCURRENCES]);
    if (isOver) return;
    if (described.ok) {
      const isKept = described.value.some(({ exists }) => exists);
      onTopics(isKept ? [ALARM_OCCURRENCES, ...NEEDED] : NEEDED);
    } else if (described.error.isRetriable) {
      cancel = clock.callAt(epochMs(clock.now() + ASK_AGAIN_MS), () => void ask());
    } else {
      // The reading tells what is wrong, in its phase, and goes on trying.
      onTopics(NEEDED);
    }
  };
  void ask();
  return () => {
    isOver = true;
    cancel();
  };
}
