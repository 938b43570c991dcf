/** What the benches see and do inside a page. Bundled to one script; the product knows nothing of it. */

/** When the page has drawn something for the first time (epoch ms, in the second frame after it was there). */
export function whenAnythingPainted(): Promise<number> {
  return whenPainted(() => (document.body.textContent ?? '').trim() !== '');
}

/** When the console was live, with a table of so many rows that accounts for every alarm (epoch ms, second frame after). */
export function whenTablePainted(rows: number, account: string): Promise<number> {
  return whenPainted(
    () =>
      document.querySelector('[data-phase="live"]') !== null &&
      rowCount() === rows &&
      document.querySelectorAll('[data-alarm]').length >= Math.min(rows, 10) &&
      accountText().includes(account),
  );
}

/** Rows of the table, in sight or not. */
export function rowCount(): number {
  return Number(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') ?? 1) - 1;
}

/** The line that accounts for every alarm. */
export function accountText(): string {
  return document.querySelector('.account')?.textContent ?? '';
}

/** Answers in the second frame after the condition holds: what it saw has then been drawn. */
export function whenPainted(condition: () => boolean): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      if (condition())
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(Date.now())));
      else requestAnimationFrame(look);
    };
    look();
  });
}
