import type { Audit } from '../audit/audit.ts';
import type { EpochMs } from '../lib/units.ts';
import type { RecordPosition } from '../ports/alarm-log.ts';

/** A record as the domain remembers it: where it stands, when it was written, and by whom. One object, since a site has many. */
export interface RecordMark extends RecordPosition {
  readonly writtenAt: EpochMs;
  readonly audit: Audit;
  /**
   * Of the shelf service's records only: up to which record of the key its writer had read. Anybody else's record is a word
   * of its own, whatever it knew.
   */
  readonly replaces?: RecordPosition;
}

/** Where a record stands, and nothing more of it. */
export function positionOf({ topic, partition, offset }: RecordPosition): RecordPosition {
  return { topic, partition, offset };
}
