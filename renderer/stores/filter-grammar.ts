import { LEVELS } from '../../core/alarm/level.ts';
import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import { EFFECTIVE_STATES } from '../../core/effective-state/alarm-row.ts';
import { STATE_PRESENTATION } from '../ui/presentation.ts';

const FILTER_FIELDS = ['state', 'level', 'location', 'category'] as const;
/** The fields that a filter can name. */
export type FilterField = (typeof FILTER_FIELDS)[number];

/** One condition: the field has one of the values (or none of them). Values are lower case. */
export interface FilterTerm {
  readonly field: FilterField;
  readonly values: readonly string[];
  readonly isNegated: boolean;
}

/** A filter as typed, understood. */
export interface ParsedFilter {
  readonly terms: readonly FilterTerm[];
  /** Lower-case pieces that the name, status, location or category must hold. */
  readonly words: readonly string[];
  /** What could not be understood, in one sentence; such a term hides nothing. */
  readonly problem: string | null;
}

/** What the operator may type after `state:`, and which states each means. */
const STATE_WORDS: ReadonlyMap<string, string> = new Map(
  EFFECTIVE_STATES.map((state) => [STATE_PRESENTATION[state].filterWord, state]),
);

const LEVEL_WORDS: ReadonlySet<string> = new Set(LEVELS.map((level) => level.toLowerCase()));

/**
 * Reads a filter: words, and `field:value` terms with `,` for "or", `-` before a term for "not", quotes for blanks.
 * A word with a colon that names no field is a word, since names of EPICS channels hold colons.
 */
export function parseFilter(text: string): ParsedFilter {
  const terms: FilterTerm[] = [];
  const words: string[] = [];
  const problems: string[] = [];
  for (const piece of text.match(/(?:"[^"]*"?|[^\s"])+/g) ?? []) {
    const term = readTerm(piece);
    if (term === null) words.push(piece.replaceAll('"', '').toLowerCase());
    else {
      const wrong = unknownValue(term);
      if (wrong === null) terms.push(term);
      else problems.push(wrong);
    }
  }
  return { terms, words: words.filter((word) => word !== ''), problem: problems[0] ?? null };
}

/** Whether a row passes: every term and every word must hold. */
export function matchesFilter(row: AlarmRow, filter: ParsedFilter): boolean {
  return filter.terms.every((term) => holds(row, term)) && filter.words.every((w) => has(row, w));
}

/** The values that a filter's text asks for in one field; empty = any. */
export function valuesOf(text: string, field: FilterField): readonly string[] {
  const wanted = parseFilter(text).terms.filter((term) => term.field === field && !term.isNegated);
  return wanted.flatMap((term) => [...term.values]);
}

/** The filter's text with the values of one field replaced; an empty list takes the field out. */
export function withValues(text: string, field: FilterField, values: readonly string[]): string {
  const others = (text.match(/(?:"[^"]*"?|[^\s"])+/g) ?? []).filter((piece) => {
    const term = readTerm(piece);
    return term === null || term.field !== field || term.isNegated;
  });
  const joined = values.map((value) => (/[\s,]/.test(value) ? `"${value}"` : value)).join(',');
  return (values.length === 0 ? others : [...others, `${field}:${joined}`]).join(' ');
}

/** Whether the filter asks for states by name: a list then holds all states and not only its own. */
export function namesStates(filter: ParsedFilter): boolean {
  return filter.terms.some((term) => term.field === 'state' && !term.isNegated);
}

function readTerm(piece: string): FilterTerm | null {
  const match = /^(-?)([a-z]+):(.+)$/i.exec(piece);
  const field = FILTER_FIELDS.find((known) => known === match?.[2]?.toLowerCase());
  if (match === null || field === undefined) return null;
  const values = (match[3] ?? '').match(/"[^"]*"?|[^,"]+/g) ?? [];
  const clean = values.map((value) => value.replaceAll('"', '').trim().toLowerCase());
  return { field, values: clean.filter((value) => value !== ''), isNegated: match[1] === '-' };
}

function unknownValue(term: FilterTerm): string | null {
  const known = term.field === 'state' ? new Set(STATE_WORDS.keys()) : LEVEL_WORDS;
  if (term.field !== 'state' && term.field !== 'level') return null;
  const wrong = term.values.find((value) => !known.has(value));
  if (wrong === undefined) return null;
  return `No ${term.field} is called "${wrong}". Known: ${[...known].join(', ')}.`;
}

function holds(row: AlarmRow, term: FilterTerm): boolean {
  const isIn = term.values.some((value) => fieldIs(row, term.field, value));
  return term.values.length === 0 || isIn !== term.isNegated;
}

function fieldIs(row: AlarmRow, field: FilterField, value: string): boolean {
  switch (field) {
    case 'state':
      return STATE_WORDS.get(value) === row.effective;
    case 'level':
      return row.level.toLowerCase() === value;
    case 'location':
      return row.location.toLowerCase() === value;
    case 'category':
      return row.category.toLowerCase() === value;
  }
}

function has(row: AlarmRow, word: string): boolean {
  return (
    row.name.toLowerCase().includes(word) ||
    row.status.toLowerCase().includes(word) ||
    row.location.toLowerCase().includes(word) ||
    row.category.toLowerCase().includes(word)
  );
}
