import { levelOfSeverity, levelRank, SEVERITIES } from '../../core/alarm/level.ts';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import { alarmName } from '../../core/lib/alarm-name.ts';
import { seededRandom } from './seeded-random.ts';
import { nameOfAlarm } from './window-topics.ts';

type Severity = (typeof SEVERITIES)[number];

/** One record of a paced run: which alarm, saying what. */
export interface PacedRecord {
  readonly index: number;
  readonly severity: Severity;
  readonly status: string;
}

/** What a producer writes, and how fast. */
export interface PacedRun {
  /** `flood`: any alarm, any severity, some clear. `paint`: each alarm in turn, only its status text changes. */
  readonly kind: 'flood' | 'paint';
  readonly alarms: number;
  readonly perSecond: number;
  readonly seconds: number;
}

const CLEARS = 0.06;
const STATUSES = ['READ', 'WRITE', 'HIHI', 'LOLO', 'LOW', 'STATE', 'COS', 'COMM'] as const;
const SEED = 11;

/** The records of a run, the same each time: the producer writes them and the bench folds them into its model. */
export function* recordsOf({ kind, alarms, perSecond, seconds }: PacedRun): Generator<PacedRecord> {
  const random = seededRandom(SEED);
  for (let at = 0; at < perSecond * seconds; at += 1) {
    yield kind === 'flood' ? floodRecord(random, alarms) : paintRecord(at, alarms);
  }
}

/** When the record with this number is written (epoch ms) in a run that began then. */
export function writtenAt(startedAt: number, at: number, perSecond: number): number {
  return startedAt + Math.floor((at * 1_000) / perSecond);
}

/** The record as the product's own encoder takes it. */
export function orderOf({ index, severity, status }: PacedRecord): AlarmOrder {
  return {
    name: alarmName(nameOfAlarm(index)),
    fact: { fact: 'epicsChanged', severity, status },
  };
}

function floodRecord(random: () => number, alarms: number): PacedRecord {
  const index = Math.floor(random() * alarms);
  if (random() < CLEARS) return { index, severity: 'NO_ALARM', status: 'NO_ALARM' };
  const severity = SEVERITIES[1 + Math.floor(random() * 3)] ?? 'MINOR';
  return { index, severity, status: random() < 0.5 ? 'HIHI' : 'LOLO' };
}

function paintRecord(at: number, alarms: number): PacedRecord {
  const status = STATUSES[Math.floor(at / alarms) % STATUSES.length] ?? 'READ';
  return { index: at % alarms, severity: 'MINOR', status };
}

/** An alarm of the model: what its newest record says, and since when it stands. */
export interface ModelRow {
  readonly name: string;
  readonly severity: Severity;
  readonly status: string;
  readonly sinceAt: number;
}

/** What a flood leaves of alarms that were all MINOR before it: the active ones, in the order of the console's table. */
export function modelAfter(
  run: PacedRun,
  startedAt: number,
  sinceBefore: (index: number) => number,
) {
  const rows = new Map<number, ModelRow>();
  for (let index = 0; index < run.alarms; index += 1) {
    const before = { severity: 'MINOR', status: 'HIGH', sinceAt: sinceBefore(index) } as const;
    rows.set(index, { name: nameOfAlarm(index), ...before });
  }
  let at = 0;
  for (const { index, severity, status } of recordsOf(run)) {
    const sinceAt = rows.get(index)?.sinceAt ?? writtenAt(startedAt, at, run.perSecond);
    if (severity === 'NO_ALARM') rows.delete(index);
    else rows.set(index, { name: nameOfAlarm(index), severity, status, sinceAt });
    at += 1;
  }
  return [...rows.values()].sort(worstAndNewestFirst);
}

function worstAndNewestFirst(a: ModelRow, b: ModelRow): number {
  const rank = ({ severity }: ModelRow) => levelRank(levelOfSeverity(severity));
  return rank(b) - rank(a) || b.sinceAt - a.sinceAt || (a.name < b.name ? -1 : 1);
}
