declare const unit: unique symbol;

/** Milliseconds since 1970-01-01T00:00:00Z. Every name that ends in `At` holds one. */
export type EpochMs = number & { readonly [unit]: 'EpochMs' };

/** A length of time in milliseconds. Every name that ends in `Ms` holds one. */
export type DurationMs = number & { readonly [unit]: 'DurationMs' };

/** The latest moment that a JavaScript date can hold; later ones on the wire count as this one. */
export const LATEST_AT = 8.64e15;

/** Takes a number as a moment; moments that no date can hold are cut to the first or last that one can. */
export function epochMs(value: number): EpochMs {
  const cut = Math.min(LATEST_AT, Math.max(-LATEST_AT, Math.trunc(value)));
  return isEpochMs(cut) ? cut : epochMs(0);
}

/** Takes a number as a length of time; anything that is not a finite number counts as none. */
export function durationMs(value: number): DurationMs {
  const finite = Number.isFinite(value) ? value : 0;
  return isDurationMs(finite) ? finite : durationMs(0);
}

function isEpochMs(value: number): value is EpochMs {
  return Number.isFinite(value);
}

function isDurationMs(value: number): value is DurationMs {
  return Number.isFinite(value);
}
