import { ACTUAL_STATES } from '../core/effective-state/alarm-row.ts';
import { COVER_ORDER, type Covers, effectiveState } from '../core/effective-state/precedence.ts';

/** What an operator or engineer must know of each cover, beside its rank. */
const MEANING: Readonly<Record<keyof Covers, string>> = {
  isOutOfService: 'taken out of service by an administrator, for work on the equipment',
  isSuppressedByDesign: 'suppressed by design: a rule of the plant says that it means nothing now',
  isShelved: 'shelved by an operator, until its end',
  isOnDelayed: 'active, but not yet for as long as its on-delay asks',
  isUndecodable: 'the newest record of the alarm cannot be decoded: its own state is not known',
};

/** The whole of docs/precedence.md: the order, and what is shown for every combination of own state and covers. */
export function precedenceDocument(): string {
  return [
    '# What is shown when more than one thing is true',
    '',
    'Generated from `core/effective-state/precedence.ts` by `npm run docs`; a test holds the two equal and walks every row.',
    '',
    'An alarm has a state of its own (ISA-18.2) and may be covered. The first cover in this order is shown; under it the own',
    'state goes on, and the detail of the alarm tells both. Without a cover its own state is shown.',
    '',
    '| rank | cover | shown as | meaning |',
    '|---:|---|---|---|',
    ...COVER_ORDER.map(
      ([cover, state], index) => `| ${index + 1} | ${cover} | ${state} | ${MEANING[cover]} |`,
    ),
    '',
    'Every combination; ● = the cover is there.',
    '',
    headings(),
    `|${':-:|'.repeat(COVER_ORDER.length)}${'---|'.repeat(ACTUAL_STATES.length)}`,
    ...combinations().map(row),
    '',
  ].join('\n');
}

function headings(): string {
  const covers = COVER_ORDER.map(([, state]) => state);
  const states = ACTUAL_STATES.map((state) => `own state ${state}`);
  return `| ${[...covers, ...states].join(' | ')} |`;
}

/** All 32 sets of covers, none first. */
function combinations(): Covers[] {
  const count = 2 ** COVER_ORDER.length;
  return Array.from({ length: count }, (_, index) => {
    const isSet = (rank: number) => (index >> (COVER_ORDER.length - 1 - rank)) % 2 === 1;
    return {
      isOutOfService: isSet(0),
      isSuppressedByDesign: isSet(1),
      isShelved: isSet(2),
      isOnDelayed: isSet(3),
      isUndecodable: isSet(4),
    };
  });
}

function row(covers: Covers): string {
  const marks = COVER_ORDER.map(([cover]) => (covers[cover] ? '●' : ' '));
  const shown = ACTUAL_STATES.map((actual) => effectiveState(actual, covers));
  return `| ${[...marks, ...shown].join(' | ')} |`;
}
