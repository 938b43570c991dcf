import { useEffect } from 'react';
import { type ActionId, act } from '../stores/actions.ts';
import type { Stores } from '../stores/stores.tsx';
import { FILTER_INPUT_ID } from '../ui/filter-bar.tsx';

/** The keys that are commands and so begin no type ahead. */
export const COMMAND_KEYS = 'asuz/?';

const ACTIONS: ReadonlyMap<string, ActionId> = new Map([
  ['a', 'acknowledge'],
  ['s', 'shelve'],
  ['u', 'unshelve'],
  ['z', 'undo'],
]);

/** The keys of the whole window. They rest while the operator types text, picks from a list, or a dialog is open. */
export function useShortcuts(stores: Stores, say: (reason: string) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || stores.console.getState().dialog.dialog !== 'none') return;
      if (isPalette(event)) {
        event.preventDefault();
        stores.console.dialogOpened({ dialog: 'palette' });
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (take(event, stores, say)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [stores, say]);
}

function take(
  { key, repeat }: KeyboardEvent,
  stores: Stores,
  say: (reason: string) => void,
): boolean {
  if (key === '/') {
    document.getElementById(FILTER_INPUT_ID)?.focus();
    return true;
  }
  if (key === '?') {
    stores.console.dialogOpened({ dialog: 'keys' });
    return true;
  }
  const action = ACTIONS.get(key.toLowerCase());
  if (action === undefined) return false;
  // A key that is held down is one press: what comes after it was not meant.
  if (repeat) return true;
  say(act(stores, action) ?? '');
  return true;
}

function isPalette(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // In a list of choices a letter is meant for the list, and must not acknowledge what is selected behind it.
  if (target.closest('.picker-list') !== null) return true;
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}
