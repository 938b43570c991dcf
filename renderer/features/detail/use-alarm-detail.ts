import { useEffect, useState } from 'react';
import type { AlarmRow } from '../../../core/effective-state/alarm-row.ts';
import type { AlarmDetail } from '../../../ipc/contract.ts';
import { useStores } from '../../stores/stores.tsx';

/** What main knows of one alarm beyond its row. */
export type DetailState =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly detail: AlarmDetail }
  | { readonly state: 'failed'; readonly message: string };

/** A chattering alarm is read anew this often at most. */
const REFRESH_MS = 250;

/** The detail of an alarm, read when it is chosen and again when its row changes. */
export function useAlarmDetail(row: AlarmRow | undefined): DetailState {
  const { bridge } = useStores();
  const [shown, setShown] = useState<DetailState>({ state: 'reading' });
  const name = row?.name;
  useEffect(() => {
    if (row === undefined) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      void bridge.request('alarm:readDetail', { name: row.name }).then((answer) => {
        if (!isWanted) return;
        setShown(
          answer.ok
            ? { state: 'read', detail: answer.value }
            : { state: 'failed', message: answer.error.message },
        );
      });
    }, REFRESH_MS / 10);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [bridge, row]);
  const isOther = shown.state === 'read' && shown.detail.name !== name;
  return isOther ? { state: 'reading' } : shown;
}
