/** What a key asks of a grid. */
export type GridStep =
  | {
      readonly step: 'move';
      readonly to: number;
      readonly isExtending: boolean;
      readonly isLoose: boolean;
    }
  | { readonly step: 'chooseAll' }
  | { readonly step: 'toggle' }
  | { readonly step: 'open' }
  | { readonly step: 'clear' };

/** The key as pressed; a plain part of a keyboard event. */
export interface GridKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** Where the keyboard stands in the grid: `at` is -1 when nowhere. */
export interface GridPlace {
  readonly at: number;
  readonly count: number;
  readonly pageRows: number;
}

/** What a key means in a grid of `count` rows; null = nothing. Moves stay inside the grid. */
export function gridStep(pressed: GridKey, place: GridPlace): GridStep | null {
  const isCtrl = pressed.ctrlKey || pressed.metaKey;
  const target = targetOf(pressed.key, place);
  if (target !== null) {
    if (place.count === 0) return null;
    const to = Math.min(place.count - 1, Math.max(0, target));
    return {
      step: 'move',
      to,
      isExtending: pressed.shiftKey,
      isLoose: isCtrl && !pressed.shiftKey,
    };
  }
  if (isCtrl && pressed.key.toLowerCase() === 'a') return { step: 'chooseAll' };
  return isCtrl && pressed.key !== ' ' ? null : (STEPS.get(pressed.key) ?? null);
}

const STEPS: ReadonlyMap<string, GridStep> = new Map([
  [' ', { step: 'toggle' } as const],
  ['Enter', { step: 'open' } as const],
  ['Escape', { step: 'clear' } as const],
]);

function targetOf(key: string, { at, count, pageRows }: GridPlace): number | null {
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at < 0 ? 0 : at - 1;
    case 'PageDown':
      return Math.max(0, at) + pageRows;
    case 'PageUp':
      return at - pageRows;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Which rows have to be drawn, with some above and below so that scrolling finds them there. */
export function visibleRange(
  scrollTop: number,
  height: number,
  count: number,
): { readonly from: number; readonly to: number } {
  const from = Math.max(0, Math.floor(scrollTop / ROW_HEIGHT) - OVERSCAN);
  const to = Math.min(count, Math.ceil((scrollTop + height) / ROW_HEIGHT) + OVERSCAN);
  return { from: Math.min(from, to), to };
}

/** Height of a row in pixels; `--row` in tokens.css says the same. */
export const ROW_HEIGHT = 28;
const OVERSCAN = 4;
