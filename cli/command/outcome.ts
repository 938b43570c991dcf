/** What the program answers to the shell; docs/cli.md explains each. */
export const EXIT_CODES = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  found: 4,
  interrupted: 130,
} as const;

/** What each code means to who runs the program. */
export const EXIT_CODE_MEANINGS: Readonly<Record<keyof typeof EXIT_CODES, string>> = {
  done: 'Done. What was to be written is in the log; a following command was ended by its user.',
  failed: 'Failed: the log or the registry could not be used, or a record was not delivered.',
  usage: 'The command line or what it gives is wrong; nothing was written.',
  refused: 'Refused by a rule, in the console’s own words; nothing was written for that alarm.',
  found: '`check-up` or `check-schemas` found something that is not as it should be.',
  interrupted:
    'Ctrl-C before the end, which the shell gives this code: at a question nothing was done; in the middle what was printed counts.',
};

/** How a command ended. Where it did not go well it says why, and what to do. */
export interface Outcome {
  /** One of {@link EXIT_CODES}; of a service that has ended, the service’s own. */
  readonly exit: number;
  readonly problems: readonly Complaint[];
}

/** One sentence what is wrong, and one what to do about it. */
export interface Complaint {
  readonly message: string;
  readonly remedy?: string;
}

export const DONE: Outcome = { exit: EXIT_CODES.done, problems: [] };

/** The log, the registry or the disk did not do what was asked. */
export function failed(...problems: readonly Complaint[]): Outcome {
  return { exit: EXIT_CODES.failed, problems };
}

/** What was typed, or what a file holds, is wrong. */
export function misused(message: string, remedy?: string): Outcome {
  return {
    exit: EXIT_CODES.usage,
    problems: [remedy === undefined ? { message } : { message, remedy }],
  };
}

/** A rule of the domain says no. */
export function refused(...problems: readonly Complaint[]): Outcome {
  return { exit: EXIT_CODES.refused, problems };
}
