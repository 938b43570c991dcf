import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAlarmBook } from '../../../../core/alarm/alarm-book.ts';
import type { AlarmEvent, AlarmFact } from '../../../../core/alarm/events.ts';
import { slotOf } from '../../../../core/alarm/evolve.ts';
import type { AlarmRow } from '../../../../core/effective-state/alarm-row.ts';
import { decideKeep } from '../../../../core/keeping/decide-keep.ts';
import { type AlarmName, alarmName } from '../../../../core/lib/alarm-name.ts';
import { active, anEvent, at, mark, registered } from '../../../builders/alarm-events.ts';

const NAMES = ['A', 'B', 'C'].map(alarmName);

const anyFact: fc.Arbitrary<AlarmFact> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('MINOR', 'MAJOR', 'INVALID', 'NO_ALARM', 'NO_ALARM')
      .map((severity) => ({ fact: 'epicsChanged' as const, severity: severity, status: 'HIHI' })),
  },
  {
    weight: 2,
    arbitrary: fc.boolean().map((isActive) => ({ fact: 'simpleChanged' as const, isActive })),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('NO_ACK', 'MINOR_ACK', 'MAJOR_ACK', 'MAJOR_ACK')
      .map((level) => ({ fact: 'epicsAcknowledged' as const, level })),
  },
  {
    weight: 2,
    arbitrary: fc
      .boolean()
      .map((isAcknowledged) => ({ fact: 'simpleAcknowledged' as const, isAcknowledged })),
  },
);

/** A full log of active-alarms about three alarms; acknowledgements may name an earlier record. */
const anyLog: fc.Arbitrary<AlarmEvent[]> = fc
  .array(
    fc.record({ name: fc.constantFrom(...NAMES), fact: anyFact, back: fc.option(fc.nat(6)) }),
    { maxLength: 40 },
  )
  .map((steps) =>
    steps.map(({ name, fact, back }, offset) => {
      const isAck = fact.fact === 'epicsAcknowledged' || fact.fact === 'simpleAcknowledged';
      const named = back === null || !isAck ? null : offset - 1 - back;
      const answers =
        named === null || named < 0
          ? { claim: 'none' as const }
          : { claim: 'position' as const, position: active(named) };
      return anEvent(fact, mark(offset), isAck ? { name, answers } : { name });
    }),
  );

interface Compaction {
  readonly cutoff: number;
  readonly dropsTombstones: boolean;
}

const anyCompaction = (length: number): fc.Arbitrary<Compaction> =>
  fc.record({ cutoff: fc.integer({ min: 0, max: length }), dropsTombstones: fc.boolean() });

const anyCompacted = anyLog.chain((log) =>
  fc.record({
    log: fc.constant(log),
    compaction: anyCompaction(log.length),
    keptTo: fc.nat(log.length),
  }),
);

/** Below the cutoff only the newest of each key is left; a tombstone may be gone as well. */
function remainsOf(
  log: readonly AlarmEvent[],
  { cutoff, dropsTombstones }: Compaction,
): AlarmEvent[] {
  const newest = new Map<string, number>();
  for (const [offset, event] of log.slice(0, cutoff).entries()) newest.set(keyOf(event), offset);
  const left = log.filter((event, offset) => {
    if (offset >= cutoff) return true;
    if (newest.get(keyOf(event)) !== offset) return false;
    return !(dropsTombstones && isClearing(event.fact));
  });
  let expected = 0;
  let isWhole = true;
  return left.map((event) => {
    const { offset } = event.mark;
    if (offset !== expected) isWhole = false;
    expected = offset + 1;
    return { ...event, isHistoryWhole: isWhole };
  });
}

function keyOf(event: AlarmEvent): string {
  return `${event.name}/${slotOf(event.fact)}`;
}

function isClearing(fact: AlarmFact): boolean {
  if (fact.fact === 'simpleAcknowledged') return !fact.isAcknowledged;
  if (fact.fact === 'epicsAcknowledged') return fact.level === 'NO_ACK';
  return fact.fact === 'simpleChanged' && !fact.isActive;
}

function bookOf(events: readonly AlarmEvent[], latching: boolean) {
  const book = createAlarmBook();
  for (const name of NAMES) book.apply({ ...registered(0, { isLatching: latching }), name });
  for (const event of events) book.apply(event);
  book.settleAnswers();
  return book;
}

/** What a keeper that has seen the log up to a position has written: the newest snapshot of each alarm. */
function snapshotsOf(log: readonly AlarmEvent[], latching: boolean): AlarmEvent[] {
  const book = bookOf([], latching);
  const kept = new Map<AlarmName, AlarmEvent>();
  let written = 0;
  for (const event of log) {
    book.apply(event);
    const state = book.state(event.name);
    const order = state === undefined ? null : decideKeep(state);
    if (order === null) continue;
    const record = {
      ...mark(written, 'alarm-occurrences', 'keeper'),
      writtenAt: at(event.mark.offset),
    };
    written += 1;
    const keeping = anEvent(order.fact, record, { name: order.name });
    book.apply(keeping);
    kept.set(event.name, keeping);
  }
  return [...kept.values()];
}

function rowsOf(events: readonly AlarmEvent[], latching: boolean): Map<string, AlarmRow> {
  const book = bookOf(events, latching);
  return new Map(book.takeChanges(at(1_000)).rows.map((row) => [row.name, row]));
}

describe.each([{ latching: false }, { latching: true }])(
  'what compaction forgets (latching: $latching)',
  ({ latching }) => {
    it('remains + occurrences = full log, where the keeper has kept up', () => {
      fc.assert(
        fc.property(anyCompacted, ({ log, compaction }) => {
          const read = rowsOf(
            [...snapshotsOf(log, latching), ...remainsOf(log, compaction)],
            latching,
          );
          expect(read).toEqual(rowsOf(log, latching));
        }),
        { numRuns: 4_000 },
      );
    });

    it('a keeper that stopped at any moment makes nothing calmer than the full log', () => {
      fc.assert(
        fc.property(anyCompacted, ({ log, compaction, keptTo }) => {
          const snapshots = snapshotsOf(log.slice(0, keptTo), latching);
          const read = rowsOf([...snapshots, ...remainsOf(log, compaction)], latching);
          for (const [name, row] of rowsOf(log, latching)) {
            if (latching && hasReturnedCall(log, name)) continue;
            expect(unrest(read.get(name))).toBeGreaterThanOrEqual(unrest(row));
          }
        }),
        { numRuns: 4_000 },
      );
    });

    it('the remains alone are never calmer than the full log, but for what has returned', () => {
      fc.assert(
        fc.property(anyCompacted, ({ log, compaction }) => {
          const full = rowsOf(log, latching);
          const read = rowsOf(remainsOf(log, compaction), latching);
          for (const [name, row] of full) {
            if (latching && hasReturnedCall(log, name)) continue;
            expect(unrest(read.get(name))).toBeGreaterThanOrEqual(unrest(row));
          }
        }),
        { numRuns: 4_000 },
      );
    });

    it('a keeper writes nothing new about a log that it has kept already', () => {
      fc.assert(
        fc.property(anyLog, (log) => {
          const book = bookOf([...snapshotsOf(log, latching), ...log], latching);
          for (const state of book.states()) expect(decideKeep(state)).toBeNull();
        }),
        { numRuns: 1_000 },
      );
    });
  },
);

/** The exception of decision 15: a kind of a latching alarm that called, was not answered, and is clear now. */
function hasReturnedCall(log: readonly AlarmEvent[], name: string): boolean {
  const state = bookOf(log, true).state(alarmName(name));
  const isClear = {
    simple: state?.simple?.says.isActive !== true,
    epics: (state?.epics?.says.severity ?? 'NO_ALARM') === 'NO_ALARM',
  };
  const calls = state?.occurrence?.calls ?? {};
  return (['simple', 'epics'] as const).some(
    (kind) => isClear[kind] && calls[kind] !== undefined && calls[kind].answer === undefined,
  );
}

function unrest(row: AlarmRow | undefined): number {
  if (row === undefined || row.actual === 'normal') return 0;
  return row.actual === 'acknowledged' ? 1 : 2;
}
