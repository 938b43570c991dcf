/** Who wrote a record, from which program and computer: what the record's headers say. Absent where they do not. */
export interface Audit {
  readonly user?: string;
  readonly producer?: string;
  readonly host?: string;
}

/** Who acts now: built by the composition root alone, never by a screen (decision 12). */
export interface Identity {
  readonly user: string;
  readonly producer: string;
  readonly host: string;
}

/** The headers of the audit in the order of the wire (seed 0: user, producer, host). */
export const AUDIT_HEADERS = ['user', 'producer', 'host'] as const;

/** The header with which an acknowledgement names the alarming record that it answers (decision 5). */
export const ANSWERS_HEADER = 'answers';

/** The header with which the shelf service names the record that its own takes the place of (docs/decisions/0010-shelf-end.md). */
export const REPLACES_HEADER = 'replaces';

/** The header with which the shelf service says why it wrote. */
export const BECAUSE_HEADER = 'because';
