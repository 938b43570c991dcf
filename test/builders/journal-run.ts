import { createAlarmBook } from '../../core/alarm/alarm-book.ts';
import type { AlarmEvent } from '../../core/alarm/events.ts';
import type { Transition } from '../../core/journal/transition.ts';
import { transitionsOf } from '../../core/journal/transitions-of.ts';

/** What a fold of these events tells a watcher, in order; `isTold` names events whose transitions count as told already. */
export function journalOf(
  events: readonly AlarmEvent[],
  isTold: (event: AlarmEvent) => boolean = () => false,
) {
  const transitions: Transition[] = [];
  const book = createAlarmBook({
    onEvolved: (before, after, event) => {
      if (!isTold(event)) transitions.push(...transitionsOf(before, after, event));
    },
    onSwept: (before, after, event) => {
      const swept = transitionsOf(before, after, event);
      transitions.push(...swept.map((one) => ({ ...one, trigger: null })));
    },
  });
  for (const event of events) book.apply(event);
  return { transitions, book };
}
