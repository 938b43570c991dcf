import { DETAIL_PANEL_ID } from '../features/detail/detail-panel.tsx';

/** Moves the focus into the detail of the selected alarm (Enter). */
export function focusDetail(): void {
  document.getElementById(DETAIL_PANEL_ID)?.focus();
}

/** Moves the focus back to the list (Esc). */
export function focusGrid(): void {
  document.querySelector<HTMLElement>('[role="grid"]')?.focus();
}
