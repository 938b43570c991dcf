import type { JournalReach } from '../../../core/journal/journal-reach.ts';
import type { Transition } from '../../../core/journal/transition.ts';

/** One record of the journal: a transition, and now and then up to where the journal tells everything. */
export interface JournalEntry {
  readonly transition: Transition;
  readonly reach: JournalReach | null;
}
