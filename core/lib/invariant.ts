/** A bug, not a circumstance: the message says why this could not happen. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** Ends every `switch` over a closed union; the compiler refuses a forgotten member. */
export function assertNever(value: never): never {
  throw new InvariantError(`no branch for ${JSON.stringify(value)}`);
}
