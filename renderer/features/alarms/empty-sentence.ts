import type { FeedState } from '../../stores/feed-store.ts';
import { ageText, alarmsText, count } from '../../ui/time-text.ts';

/** What an empty list says instead of nothing: what is true, and what it does not mean. `nowAt` is the log's time. */
export function emptySentence(feed: FeedState, hidden: number, nowAt: number): string {
  const { status, counts } = feed;
  if (hidden > 0) {
    return `No alarm passes the filter: it hides ${alarmsText(hidden)}. Clear the filter to see ${hidden === 1 ? 'it' : 'them'}.`;
  }
  if (status === null || counts === null)
    return 'Waiting for the log. Nothing is known of the alarms yet.';
  const last = lastRecord(status.lastRecordAt, nowAt);
  switch (status.phase.phase) {
    case 'connecting':
      return 'Connecting to the log. Nothing is known of the alarms yet.';
    case 'replaying':
      return `Reading the log: ${count(status.phase.read)} of ${count(status.phase.total)} records. Nothing can be said of the alarms yet.`;
    case 'stale':
      return `No alarm was active when the log was last heard (${last}). That may have changed since.`;
    case 'failed':
      return `The log cannot be read: ${status.phase.problem.message} Nothing is known of the alarms.`;
    case 'live': {
      const watched = counts.registered + counts.notRegistered;
      if (watched === 0) {
        return `No alarm is registered in this log yet (${last}). Check that it is the right one, or register alarms with: klaxon set-registered.`;
      }
      return `No alarm is active. Watching ${alarmsText(watched)}, ${last}.`;
    }
  }
}

function lastRecord(lastRecordAt: number | null, nowAt: number): string {
  return lastRecordAt === null
    ? 'no record yet'
    : `last record ${ageText(nowAt - lastRecordAt)} ago`;
}
