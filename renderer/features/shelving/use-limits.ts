import { useEffect, useState } from 'react';
import { useStores } from '../../stores/stores.tsx';
import type { KnownLimits } from './shelve-plan.ts';

/** As many registrations are read for the dialog; the limits of the rest are checked by main when the command is sent. */
const READ_AT_MOST = 40;

/** How long each of the alarms may be shelved, from its registration, as the answers come in. */
export function useLimits(names: readonly string[]): KnownLimits {
  const { bridge } = useStores();
  const [limits, setLimits] = useState<KnownLimits>(new Map());
  useEffect(() => {
    let isWanted = true;
    const reads = names.slice(0, READ_AT_MOST).map(async (name) => {
      const answer = await bridge.request('alarm:readDetail', { name });
      if (!answer.ok) return [];
      const { registration } = answer.value;
      return [{ name, limit: registration === null ? null : registration.maxShelvedSeconds }];
    });
    void Promise.all(reads).then((all) => {
      if (isWanted) setLimits(new Map(all.flat().map(({ name, limit }) => [name, limit])));
    });
    return () => {
      isWanted = false;
    };
  }, [bridge, names]);
  return limits;
}
