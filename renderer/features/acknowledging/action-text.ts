import type { AlarmRow } from '../../../core/effective-state/alarm-row.ts';
import type { CommandVerb } from '../../stores/command-store.ts';
import { alarmsText } from '../../ui/time-text.ts';

/**
 * Which alarms the actions are for, where it is not just the one that is shown; null where it is. The keyboard can stand on
 * an alarm that is not selected, and what is pressed beside its name must not be taken for it.
 */
export function targetText(active: string | null, selected: ReadonlySet<string>): string | null {
  const [first] = selected;
  const isShownSelected = active !== null && selected.has(active);
  if (isShownSelected && selected.size === 1) return null;
  if (isShownSelected)
    return `${alarmsText(selected.size)} are selected: the actions are not for this one alone.`;
  if (first === undefined) return 'This alarm is not selected: Space selects it.';
  const others = selected.size === 1 ? first : `the ${alarmsText(selected.size)} selected`;
  return `This alarm is not selected. The actions are for ${others}.`;
}

/** What the undo button would take back; the alarm is named where it is not the one that is shown. */
export function undoText(
  verb: CommandVerb | undefined,
  rows: readonly AlarmRow[],
  active: string | null,
): string {
  const what = verb === 'shelve' ? 'shelving' : 'acknowledgement';
  const only = rows.length === 1 ? rows[0]?.name : undefined;
  if (only === undefined) return `Undo ${what} of ${alarmsText(rows.length)}`;
  return only === active ? `Undo ${what}` : `Undo ${what} of ${only}`;
}
