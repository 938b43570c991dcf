import type { EffectiveRight, Verdict } from '../../adapters/kafka/administration/who-may-what.ts';

/** One line of the table of who may what: everything of one user on one topic. */
export interface RightsRow {
  readonly principal: string;
  readonly topic: string;
  readonly may: readonly string[];
  /** What a rule forbids, whatever others allow. */
  readonly mayNot: readonly string[];
}

/** Draws together the rights of each user on each topic; pairs of which the rules say nothing are left out. */
export function rightsRows(rights: readonly EffectiveRight[]): readonly RightsRow[] {
  const rows = new Map<string, EffectiveRight[]>();
  for (const right of rights) {
    const place = JSON.stringify([right.principal, right.topic]);
    rows.set(place, [...(rows.get(place) ?? []), right]);
  }
  return [...rows.values()].map(rowOf).filter(({ may, mayNot }) => may.length + mayNot.length > 0);
}

function rowOf(rights: readonly EffectiveRight[]): RightsRow {
  const [{ principal, topic } = { principal: '', topic: '' }] = rights;
  return {
    principal,
    topic,
    may: rights.flatMap(({ operation, right }) =>
      right.verdict === 'allowed' ? [operation + whereOf(right)] : [],
    ),
    mayNot: rights.flatMap(({ operation, right }) =>
      right.verdict === 'denied' ? [operation] : [],
    ),
  };
}

function whereOf({ from, exceptFrom }: Extract<Verdict, { readonly verdict: 'allowed' }>): string {
  const only = from.includes('*') ? '' : ` from ${from.join(' and ')}`;
  return exceptFrom.length === 0 ? only : `${only} but not from ${exceptFrom.join(' and ')}`;
}
