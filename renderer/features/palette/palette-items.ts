import type { AlarmRow } from '../../../core/effective-state/alarm-row.ts';

/** Something that the palette can do. */
export interface PaletteAction {
  readonly id: string;
  readonly text: string;
  readonly shortcut: string;
  /** Why it is off now; null = it can be done. */
  readonly reasonOff: string | null;
  readonly run: () => void;
}

/** One line of the palette. */
export type PaletteItem =
  | { readonly item: 'action'; readonly action: PaletteAction }
  | { readonly item: 'alarm'; readonly row: AlarmRow };

/** All alarms, as the palette looks through them. */
export interface AlarmList {
  capacity(): number;
  rowAt(slot: number): AlarmRow | undefined;
}

/** As many lines are shown; the operator types on when there are more. */
export const PALETTE_LINES = 40;

/** The actions and then the alarms that hold every typed word; those that begin with it first. */
export function paletteItems(
  typed: string,
  actions: readonly PaletteAction[],
  alarms: AlarmList,
): readonly PaletteItem[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = actions.filter((action) => holdsAll(action.text.toLowerCase(), words));
  const items: PaletteItem[] = found.map((action) => ({ item: 'action', action }));
  if (words.length === 0) return items;
  return [...items, ...findAlarms(words, alarms, PALETTE_LINES - items.length)];
}

function findAlarms(words: readonly string[], alarms: AlarmList, wanted: number): PaletteItem[] {
  const first: PaletteItem[] = [];
  const others: PaletteItem[] = [];
  for (let slot = 0; slot < alarms.capacity() && first.length < wanted; slot += 1) {
    const row = alarms.rowAt(slot);
    if (row === undefined) continue;
    const name = row.name.toLowerCase();
    if (!holdsAll(name, words)) continue;
    if (name.startsWith(words[0] ?? '')) first.push({ item: 'alarm', row });
    else if (others.length < wanted) others.push({ item: 'alarm', row });
  }
  return [...first, ...others].slice(0, Math.max(0, wanted));
}

function holdsAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
