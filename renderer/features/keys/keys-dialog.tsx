import type { ReactElement } from 'react';
import { Dialog } from '../../ui/dialog.tsx';

const KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓ Home End PgUp PgDn', 'move in the list'],
  ['letters', 'go to the alarm whose name begins so (A, S, U, Z only after another letter)'],
  ['Shift with them', 'select a range'],
  ['Ctrl with them, Space', 'move without selecting, select one more or less'],
  ['Ctrl+A', 'select all that is shown'],
  ['Esc', 'select nothing; in the filter: clear it'],
  ['Enter', 'into the detail; Esc goes back'],
  ['A', 'acknowledge what is selected'],
  ['S', 'shelve what is selected…'],
  ['U', 'unshelve what is selected'],
  ['Z', 'undo your last action while it can be undone'],
  ['/', 'to the filter'],
  ['Ctrl+K', 'find any action or alarm by name; order the list'],
  ['?', 'these keys'],
];

/** All keys of the console. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className="keys">
        {KEYS.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
