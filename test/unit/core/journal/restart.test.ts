import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAlarmBook } from '../../../../core/alarm/alarm-book.ts';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import { slotOf } from '../../../../core/alarm/evolve.ts';
import { identityOf } from '../../../../core/journal/transition.ts';
import { decideKeep } from '../../../../core/keeping/decide-keep.ts';
import type { AlarmName } from '../../../../core/lib/alarm-name.ts';
import { anEvent, at, mark } from '../../../builders/alarm-events.ts';
import { anyAlarmLog } from '../../../builders/any-alarm-log.ts';
import { journalOf } from '../../../builders/journal-run.ts';

/** A log, as far as a keeper had told it before it was killed, and up to where it has been compacted since. */
const anyRun = anyAlarmLog.chain((log) =>
  fc.record({
    log: fc.constant(inFoldingOrder(log)),
    toldBelow: fc.nat(log.length),
    compactedShare: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
);

/** Registrations come first; what cannot be decoded is left out, since a snapshot does not tell of it. */
function inFoldingOrder(log: readonly AlarmEvent[]): AlarmEvent[] {
  const readable = log.filter(({ fact }) => fact.fact !== 'undecodable');
  const isRegistering = ({ mark }: AlarmEvent) => mark.topic === 'registered-alarms';
  return [...readable.filter(isRegistering), ...readable.filter((event) => !isRegistering(event))];
}

/** The newest word of the keeper on each alarm. */
function snapshotsOf(told: readonly AlarmEvent[]): AlarmEvent[] {
  const book = createAlarmBook();
  const kept = new Map<AlarmName, AlarmEvent>();
  for (const event of told) {
    book.apply(event);
    const state = book.state(event.name);
    const order = state === undefined ? null : decideKeep(state);
    if (order === null) continue;
    const record = {
      ...mark(kept.size, 'alarm-occurrences', 'keeper'),
      writtenAt: at(event.mark.offset),
    };
    const keeping = anEvent(
      order.fact,
      { ...record, offset: event.mark.offset },
      { name: order.name },
    );
    book.apply(keeping);
    kept.set(order.name, keeping);
  }
  return [...kept.values()];
}

function remainsOf(log: readonly AlarmEvent[], cutoff: number): AlarmEvent[] {
  const newest = new Map<string, AlarmEvent>();
  const isOld = ({ mark }: AlarmEvent) => mark.offset < cutoff;
  for (const event of log) if (isOld(event)) newest.set(keyOf(event), event);
  let isWhole = true;
  return log.flatMap((event) => {
    if (isOld(event) && newest.get(keyOf(event)) !== event) {
      isWhole = false;
      return [];
    }
    return [{ ...event, isHistoryWhole: isWhole }];
  });
}

function keyOf(event: AlarmEvent): string {
  return `${event.name}/${slotOf(event.fact)}`;
}

describe('a keeper that was killed anywhere and is started again', () => {
  it('tells the rest as if it had never stopped, on snapshots and what compaction has left', () => {
    fc.assert(
      fc.property(anyRun, ({ log, toldBelow, compactedShare }) => {
        const isTold = ({ mark }: AlarmEvent) =>
          mark.topic === 'registered-alarms' || mark.offset < toldBelow;
        const whole = journalOf(log, isTold).transitions.map(identityOf);
        const read = [
          ...log.filter(({ mark }) => mark.topic === 'registered-alarms'),
          ...snapshotsOf(log.filter(isTold)),
          ...remainsOf(
            log.filter(({ mark }) => mark.topic !== 'registered-alarms'),
            Math.floor(toldBelow * compactedShare),
          ),
        ];
        expect(journalOf(read, isTold).transitions.map(identityOf)).toEqual(whole);
      }),
      { numRuns: 3_000 },
    );
  });
});
