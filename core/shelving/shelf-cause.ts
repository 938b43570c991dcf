/**
 * Why the shelf service wrote a record, as the header `because` has it.
 * `expired`: its own end has come. `limit-reached`: the limit of the registration has, before its own end.
 * `not-allowed`: the registration allows no shelf. `ended-before-it-began`: its end is not after the record itself.
 * `over-limit`, `no-end`: cut, since it was written for longer than the limit, or without an end where there is a limit.
 * `written-again`: what counts, once more, after a record of the service came later than it and would have undone it.
 */
export const SHELF_CAUSES = [
  'expired',
  'limit-reached',
  'not-allowed',
  'ended-before-it-began',
  'over-limit',
  'no-end',
  'written-again',
] as const;
export type ShelfCause = (typeof SHELF_CAUSES)[number];
