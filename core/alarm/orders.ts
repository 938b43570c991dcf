import type { Audit } from '../audit/audit.ts';
import type { AlarmName } from '../lib/alarm-name.ts';
import type { RecordPosition } from '../ports/alarm-log.ts';
import type { ShelfCause } from '../shelving/shelf-cause.ts';
import type { AlarmFact } from './events.ts';

/** A record that is to be written: what it says about which alarm. `decide` answers these; the wire's encoder turns them into bytes. */
export interface AlarmOrder {
  readonly name: AlarmName;
  readonly fact: Exclude<AlarmFact, { readonly fact: 'undecodable' }>;
  /** Of an acknowledgement: the alarming record that it answers. */
  readonly answers?: RecordPosition;
  /** Of the shelf service: the record that this one takes the place of, and why. */
  readonly replaces?: RecordPosition;
  readonly because?: ShelfCause;
  /** Whose shelf it is that is written once more: `user` and `host` stay theirs. */
  readonly onBehalfOf?: Audit;
}
