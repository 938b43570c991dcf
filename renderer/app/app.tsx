import { type ReactElement, useCallback, useState } from 'react';
import { useStore } from 'zustand';
import { ActionBar } from '../features/acknowledging/action-bar.tsx';
import { CommandResults } from '../features/acknowledging/command-results.tsx';
import { AlarmsPage } from '../features/alarms/alarms-page.tsx';
import { UnacknowledgedStrip } from '../features/alarms/unacknowledged-strip.tsx';
import { DefinitionsPage } from '../features/definitions/definitions-page.tsx';
import { DetailPanel } from '../features/detail/detail-panel.tsx';
import { ShelfPage } from '../features/shelving/shelf-page.tsx';
import { Announcer } from '../features/status/announcer.tsx';
import { Banners } from '../features/status/banners.tsx';
import { type CountName, StatusStrip } from '../features/status/status-strip.tsx';
import type { Page } from '../stores/console-store.ts';
import { type Stores, StoresProvider, useReasonNotLive, useStores } from '../stores/stores.tsx';
import { useBlink } from './blink.ts';
import { countFilter, countPressed } from './count-filters.ts';
import { focusDetail, focusGrid } from './focus.ts';
import { OpenedDialog } from './opened-dialog.tsx';
import { PageNav } from './page-nav.tsx';
import { COMMAND_KEYS, useShortcuts } from './shortcuts.ts';
import { showAlarm } from './show-alarm.ts';
import { useTheme } from './theme.ts';

/** The window. */
export function App({ stores }: { readonly stores: Stores }): ReactElement {
  return (
    <StoresProvider value={stores}>
      <Frame />
    </StoresProvider>
  );
}

function Frame(): ReactElement {
  const stores = useStores();
  const theme = useStore(stores.session, (state) => state.preferences?.theme);
  const place = useStore(stores.console);
  const notLive = useReasonNotLive();
  const [said, setSaid] = useState({ text: '', notLive });
  const say = useCallback((text: string) => setSaid({ text, notLive }), [notLive]);
  // A reason of before must not contradict the strip once the console is live again, or not any more.
  const saidNow = said.notLive === notLive ? said.text : '';
  useTheme(theme);
  useBlink();
  useShortcuts(stores, say);
  return (
    <div className={`frame${notLive === null ? '' : ' frame-deaf'}`}>
      <StatusStrip
        onCount={(name) => openCount(stores, name)}
        pressed={countPressed(place.page, place.filters)}
      />
      <PageNav onPage={(page) => openPage(stores, page)} />
      <main className="main">
        <h1 className="unseen">Klaxon: {place.page}</h1>
        <Banners />
        <UnacknowledgedStrip
          onShow={(name) => {
            showAlarm(stores, name);
            focusGrid();
          }}
          onShowState={(word) => openFilter(stores, 'alarms', `state:${word}`)}
        />
        <div className="page">
          <OpenPage page={place.page} />
          <OffReason text={saidNow} onClose={() => say('')} />
          <CommandResults />
        </div>
        <DetailPanel actions={<ActionBar />} onLeave={focusGrid} />
      </main>
      <OpenedDialog />
      <Announcer />
    </div>
  );
}

function OpenPage({ page }: { readonly page: Page }): ReactElement {
  const shared = { reservedKeys: COMMAND_KEYS, onOpenDetail: focusDetail };
  switch (page) {
    case 'alarms':
      return <AlarmsPage {...shared} />;
    case 'shelf':
      return <ShelfPage {...shared} />;
    case 'definitions':
      return <DefinitionsPage {...shared} />;
  }
}

function OffReason(props: { readonly text: string; readonly onClose: () => void }): ReactElement {
  return (
    <p className="off-reason" role="status" hidden={props.text === ''}>
      {props.text}{' '}
      <button type="button" className="link" onClick={props.onClose}>
        close
      </button>
    </p>
  );
}

function openPage(stores: Stores, page: Page): void {
  if (stores.console.getState().page !== page) stores.selection.cleared();
  stores.console.pageOpened(page);
}

function openFilter(stores: Stores, page: Page, text: string): void {
  openPage(stores, page);
  stores.console.filterChanged(page, text);
}

function openCount(stores: Stores, name: CountName): void {
  const target = countFilter(name);
  if (target === 'quarantine') stores.console.dialogOpened({ dialog: 'quarantine' });
  else {
    const { page, filters } = stores.console.getState();
    const isOn = countPressed(page, filters) === name;
    openFilter(stores, target.page, isOn ? '' : target.text);
  }
}
