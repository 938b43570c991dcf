import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { KeysDialog } from '../features/keys/keys-dialog.tsx';
import { useStores } from '../stores/stores.tsx';

/** Whatever stands in front of the page. */
export function OpenedDialog(): ReactElement | null {
  const stores = useStores();
  const open = useStore(stores.console, (state) => state.dialog);
  const close = stores.console.dialogClosed;
  switch (open.dialog) {
    case 'none':
      return null;
    case 'keys':
      return <KeysDialog onClose={close} />;
    case 'shelve':
      return null;
    case 'quarantine':
      return null;
    case 'palette':
      return null;
  }
}
