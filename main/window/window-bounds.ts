import * as z from 'zod';

/** Where a window stands and how big it is, in points of the screen. */
export interface WindowBounds {
  readonly width: number;
  readonly height: number;
  /** Null = the system chooses. */
  readonly place: { readonly x: number; readonly y: number } | null;
  readonly isMaximized: boolean;
}

/** The form in which bounds are kept between starts. */
export const keptBoundsSchema = z.object({
  width: z.int().min(200).max(20_000),
  height: z.int().min(200).max(20_000),
  place: z.object({ x: z.int(), y: z.int() }).nullable(),
  isMaximized: z.boolean(),
});

/** Of the very first start. */
export const FIRST_BOUNDS: WindowBounds = {
  width: 1440,
  height: 900,
  place: null,
  isMaximized: false,
};

/** A part of the desktop that a display shows. */
export interface DisplayArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How much of a window must be on some display for it to be found again, in points. */
const GRIP = 100;

/** The kept bounds where some display still shows enough of them; else the same size, placed by the system. */
export function boundsOnDisplays(
  kept: WindowBounds,
  displays: readonly DisplayArea[],
): WindowBounds {
  const { place } = kept;
  if (place === null) return kept;
  const isSeen = displays.some(
    (area) =>
      place.x + kept.width >= area.x + GRIP &&
      place.x <= area.x + area.width - GRIP &&
      place.y >= area.y - GRIP / 2 &&
      place.y <= area.y + area.height - GRIP,
  );
  return isSeen ? kept : { ...kept, place: null };
}
