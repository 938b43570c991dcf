import type { CountName } from '../features/status/status-strip.tsx';
import type { Page } from '../stores/console-store.ts';

/** Where a click on a count leads: to a page with a filter, or to the quarantine. */
export type CountTarget = { readonly page: Page; readonly text: string } | 'quarantine';

const TARGETS: Readonly<Record<CountName, CountTarget>> = {
  unacknowledged: { page: 'alarms', text: 'state:unacknowledged' },
  returned: { page: 'alarms', text: 'state:returned' },
  acknowledged: { page: 'alarms', text: 'state:acknowledged' },
  shelved: { page: 'shelf', text: '' },
  suppressed: { page: 'alarms', text: 'state:suppressed' },
  outOfService: { page: 'alarms', text: 'state:outofservice' },
  normal: { page: 'definitions', text: 'state:normal' },
  undecodable: 'quarantine',
  quarantined: 'quarantine',
};

/** What a count filters by. */
export function countFilter(name: CountName): CountTarget {
  return TARGETS[name];
}

const NAMES: readonly CountName[] = [
  'unacknowledged',
  'returned',
  'acknowledged',
  'shelved',
  'suppressed',
  'outOfService',
  'normal',
];

/** The count whose filter is on now. */
export function countPressed(
  page: Page,
  filters: Readonly<Record<Page, string>>,
): CountName | null {
  const text = filters[page].trim();
  const pressed = NAMES.find((name) => {
    const target = TARGETS[name];
    return target !== 'quarantine' && target.page === page && target.text === text;
  });
  return pressed ?? null;
}
