import { describe, expect, it } from 'vitest';
import { gridStep, visibleRange } from '../../../../renderer/ui/grid-navigation.ts';

const place = { at: 5, count: 100, pageRows: 10 };

function pressed(key: string, more: { shiftKey?: boolean; ctrlKey?: boolean } = {}) {
  return gridStep({ key, shiftKey: false, ctrlKey: false, metaKey: false, ...more }, place);
}

describe('grid navigation', () => {
  it.each([
    ['ArrowDown', 6],
    ['ArrowUp', 4],
    ['PageDown', 15],
    ['PageUp', 0],
    ['Home', 0],
    ['End', 99],
  ])('%s goes to row %d', (key, to) => {
    expect(pressed(key)).toEqual({ step: 'move', to, isExtending: false, isLoose: false });
  });

  it('extends with Shift, and moves without selecting with Ctrl', () => {
    expect(pressed('ArrowDown', { shiftKey: true })).toMatchObject({ isExtending: true });
    expect(pressed('End', { ctrlKey: true })).toMatchObject({ isLoose: true });
  });

  it.each([
    ['Enter', 'open'],
    ['Escape', 'clear'],
    [' ', 'toggle'],
  ])('%j asks to %s', (key, step) => {
    expect(pressed(key)).toEqual({ step });
  });

  it('chooses all with Ctrl+A, and leaves a plain A to the command', () => {
    expect(pressed('a', { ctrlKey: true })).toEqual({ step: 'chooseAll' });
    expect(pressed('a')).toBeNull();
  });

  it('moves nowhere in an empty list', () => {
    const key = { key: 'End', shiftKey: false, ctrlKey: false, metaKey: false };
    expect(gridStep(key, { at: -1, count: 0, pageRows: 10 })).toBeNull();
  });

  it('draws what is in sight and a little more, never beyond the list', () => {
    expect(visibleRange(0, 280, 10_000)).toEqual({ from: 0, to: 14 });
    expect(visibleRange(28_000, 280, 10_000)).toEqual({ from: 996, to: 1_014 });
    expect(visibleRange(28_000, 280, 3)).toEqual({ from: 3, to: 3 });
  });
});
