import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { KeysDialog } from '../features/keys/keys-dialog.tsx';
import { Palette } from '../features/palette/palette.tsx';
import { QuarantineDialog } from '../features/quarantine/quarantine-dialog.tsx';
import { ShelveDialog } from '../features/shelving/shelve-dialog.tsx';
import { useStores } from '../stores/stores.tsx';
import { focusGrid } from './focus.ts';
import { paletteActions } from './palette-actions.ts';
import { showAlarm } from './show-alarm.ts';

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
      return <ShelveDialog names={open.names} onClose={close} />;
    case 'quarantine':
      return <QuarantineDialog onClose={close} />;
    case 'palette':
      return (
        <Palette
          actions={paletteActions(stores)}
          onShow={(name) => {
            showAlarm(stores, name);
            focusGrid();
          }}
          onClose={close}
        />
      );
  }
}
