/** The outcome of something that may be refused for an expected reason: never thrown, always answered. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | Failure<E>;

/** The refused half of a {@link Result}. */
export type Failure<E> = { readonly ok: false; readonly error: E };

/** Answers success with its value. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** Answers an expected refusal. */
export function failure<E>(error: E): Failure<E> {
  return { ok: false, error };
}
