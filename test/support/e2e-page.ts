import { expect, type Locator, type Page } from '@playwright/test';
import type { KlaxonBridge } from '../../ipc/contract.ts';

declare global {
  interface Window {
    /** What the preload script gives to the page; the declaration is the renderer's. */
    readonly klaxon: KlaxonBridge;
  }
}

/** What a user finds in the window, by its role and its name. */
export function consolePage(page: Page) {
  const grid = page.getByRole('grid');
  return {
    phase: page.getByRole('status', { name: 'State of the watch' }),
    grid,
    /** Rows of the list without its head. */
    rows: grid.getByRole('row').filter({ has: page.getByRole('gridcell') }),
    row: (name: string) =>
      grid.getByRole('row').filter({ has: page.getByText(name, { exact: true }) }),
    detail: page.getByRole('complementary', { name: 'Selected alarm' }),
    results: page.getByRole('region', { name: 'Results of commands' }),
    notices: page.getByRole('region', { name: 'Notices' }),
    problem: page.getByRole('alert', { name: 'Problem' }),
    filter: page.getByRole('textbox', { name: 'Filter' }),
    dialog: page.getByRole('dialog'),
    /** The button of a count in the status strip, e.g. `unacknowledged`. */
    count: (word: string) =>
      page
        .getByRole('group', { name: 'Alarms by state' })
        .getByRole('button', { name: new RegExp(`^[\\d,–]+ ${word}$`) }),
    /** What is selected stays in the list, whatever becomes of it, until it is let go. */
    letGo: async (): Promise<void> => {
      await grid.focus();
      await page.keyboard.press('Escape');
    },
    openPage: (name: 'Alarms' | 'Shelf' | 'Definitions') =>
      page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click(),
  };
}

/** The window's parts, by role and name. */
export type ConsolePage = ReturnType<typeof consolePage>;

/** Waits until the watch stands so. */
export async function expectPhase(
  { phase }: ConsolePage,
  word: 'connecting' | 'replaying' | 'live' | 'stale' | 'failed',
  timeout = 30_000,
): Promise<void> {
  await expect(phase).toHaveAttribute('data-phase', word, { timeout });
}

/** The number that a count of the status strip shows now. */
export async function numberOf(count: Locator): Promise<number> {
  const text = (await count.textContent()) ?? '';
  return Number(text.replaceAll(',', '').split(' ')[0]);
}
