import { describe, expect, it } from 'vitest';
import {
  boundsOnDisplays,
  keptBoundsSchema,
  type WindowBounds,
} from '../../../../main/window/window-bounds.ts';

const display = { x: 0, y: 0, width: 1920, height: 1080 };
const kept = (x: number, y: number): WindowBounds => ({
  width: 1000,
  height: 800,
  place: { x, y },
  isMaximized: false,
});

describe('boundsOnDisplays', () => {
  it.each([
    ['on the display', 10, 10],
    ['half over the left edge', -500, 0],
    ['half over the lower edge', 0, 700],
  ])('keeps a window that is %s', (_, x, y) => {
    expect(boundsOnDisplays(kept(x, y), [display])).toEqual(kept(x, y));
  });

  it.each([
    ['on a display that is gone', 2_500, 0],
    ['above every display', 0, -500],
    ['below every display', 0, 1_079],
  ])('lets the system place a window that would be %s', (_, x, y) => {
    expect(boundsOnDisplays(kept(x, y), [display])).toEqual({ ...kept(x, y), place: null });
  });

  it('looks at every display', () => {
    const right = { x: 1920, y: 0, width: 1920, height: 1080 };
    expect(boundsOnDisplays(kept(2_500, 0), [display, right])).toEqual(kept(2_500, 0));
  });

  it('keeps only bounds that make sense', () => {
    expect(keptBoundsSchema.safeParse({ ...kept(0, 0), width: 5 }).success).toBe(false);
    expect(keptBoundsSchema.safeParse(kept(0, 0)).success).toBe(true);
  });
});
