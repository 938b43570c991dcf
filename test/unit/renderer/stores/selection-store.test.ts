import { describe, expect, it } from 'vitest';
import { createSelectionStore } from '../../../../renderer/stores/selection-store.ts';

describe('selection store', () => {
  it('chooses one alone', () => {
    const selection = createSelectionStore();
    selection.chose('a');
    selection.chose('b');
    expect(selection.getState()).toEqual({ active: 'b', anchor: 'b', selected: new Set(['b']) });
  });

  it('keeps the anchor while a range moves', () => {
    const selection = createSelectionStore();
    selection.chose('a');
    selection.extended(['a', 'b', 'c'], 'c');
    expect(selection.getState()).toEqual({
      active: 'c',
      anchor: 'a',
      selected: new Set(['a', 'b', 'c']),
    });
  });

  it('takes one more, and one less', () => {
    const selection = createSelectionStore();
    selection.chose('a');
    selection.toggled('b');
    expect([...selection.getState().selected]).toEqual(['a', 'b']);
    selection.toggled('a');
    expect([...selection.getState().selected]).toEqual(['b']);
  });

  it('keeps its place when all are chosen', () => {
    const selection = createSelectionStore();
    selection.chose('b');
    selection.choseAll(['a', 'b']);
    expect(selection.getState()).toMatchObject({ active: 'b', selected: new Set(['a', 'b']) });
  });
});
