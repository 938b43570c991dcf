import { levelRank } from '../../core/alarm/level.ts';
import type { AlarmRow, EffectiveState } from '../../core/effective-state/alarm-row.ts';

/** The columns that a list can be ordered by. */
export type SortColumn =
  | 'level'
  | 'name'
  | 'location'
  | 'category'
  | 'since'
  | 'state'
  | 'by'
  | 'shelvedUntil';

/** An order of a list. The natural direction of `level` is worst first, of `since` newest first, of text A to Z. */
export interface SortOrder {
  readonly column: SortColumn;
  readonly isReversed: boolean;
}

/** What a row is ordered by, ascending: a number, then a number, then text, then the name. */
export interface SortKey {
  readonly first: number;
  readonly second: number;
  readonly text: string;
}

/** What needs the operator comes first, whatever its level: unacknowledged, then returned unanswered, then the rest. */
const ATTENTION: Readonly<Record<EffectiveState, number>> = {
  unacknowledged: 0,
  returnedToNormalUnacknowledged: 1,
  undecodable: 2,
  acknowledged: 3,
  onDelayed: 4,
  shelved: 5,
  suppressedByDesign: 6,
  outOfService: 7,
  normal: 8,
};

const FAR = 8.64e15;

/** The key of one row in an order. Never NaN: what is absent comes last. */
export function sortKeyOf(row: AlarmRow, order: SortOrder): SortKey {
  const newestFirst = row.sinceAt === null ? FAR : -row.sinceAt;
  switch (order.column) {
    case 'level':
      return { first: attentionOf(row), second: newestFirst, text: row.name };
    case 'since':
      return { first: newestFirst, second: 0, text: row.name };
    case 'state':
      return { first: ATTENTION[row.effective], second: newestFirst, text: row.name };
    case 'shelvedUntil':
      return { first: row.shelvedUntilAt ?? FAR, second: 0, text: row.name };
    case 'name':
      return { first: 0, second: 0, text: row.name.toLowerCase() };
    case 'location':
      return textOrLast(row.location, row.name);
    case 'category':
      return textOrLast(row.category, row.name);
    case 'by':
      return textOrLast(row.effective === 'shelved' ? row.shelvedBy : row.acknowledgedBy, row.name);
  }
}

function attentionOf(row: AlarmRow): number {
  return ATTENTION[stateToAnswer(row)] * 8 - levelRank(row.level);
}

/** A record that cannot be decoded must not push an unanswered alarm down below those that can. */
function stateToAnswer({ effective, actual }: AlarmRow): EffectiveState {
  const isUnanswered = actual === 'unacknowledged' || actual === 'returnedToNormalUnacknowledged';
  return effective === 'undecodable' && isUnanswered ? actual : effective;
}

function textOrLast(text: string | null, name: string): SortKey {
  const isAbsent = text === null || text === '';
  return { first: isAbsent ? 1 : 0, second: 0, text: `${(text ?? '').toLowerCase()}\n${name}` };
}
