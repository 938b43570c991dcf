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
      document.querySelectorAll('.row[data-alarm]').length >= Math.min(rows, 10) &&
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

let frames: number[] | null = null;

/** Begins to note the time between frames. */
export function startFrames(): void {
  const noted: number[] = [];
  frames = noted;
  let last = performance.now();
  const onFrame = () => {
    if (frames !== noted) return;
    const now = performance.now();
    noted.push(now - last);
    last = now;
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
}

/** Ends it; answers the times in milliseconds. */
export function takeFrames(): readonly number[] {
  const noted = frames ?? [];
  frames = null;
  return noted;
}

/** A row as it stands on the page. */
export interface SeenRow {
  readonly name: string;
  readonly level: string;
  readonly status: string;
  /** Since when, "14:05:11". */
  readonly since: string;
}

/** Scrolls through the whole table and answers every row, in the order of the table. */
export async function readTable(): Promise<readonly (SeenRow | null)[]> {
  const grid = document.querySelector('[role="grid"]');
  const seen = new Map<number, SeenRow>();
  const rows = rowCount();
  if (grid === null) return [];
  while (seen.size < rows) {
    const before = seen.size;
    for (const row of document.querySelectorAll('.row[data-alarm]')) {
      seen.set(Number(row.getAttribute('aria-rowindex')) - 2, rowOf(row));
    }
    const isAtEnd = grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 1;
    if (isAtEnd && before === seen.size) break;
    grid.scrollTop += grid.clientHeight;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }
  grid.scrollTop = 0;
  return Array.from({ length: rows }, (_, at) => seen.get(at) ?? null);
}

function rowOf(row: Element): SeenRow {
  return {
    name: row.getAttribute('data-alarm') ?? '',
    level: row.getAttribute('data-level') ?? '',
    status: row.querySelector('.status-text')?.textContent ?? '',
    since: (row.querySelector('.cell-since [title]')?.getAttribute('title') ?? '').slice(-8),
  };
}

/** A row that changed its text: what it then said, and the starts of the first and second frame after (epoch ms). */
export interface Sighting {
  readonly name: string;
  readonly status: string;
  readonly firstFrameAt: number;
  readonly secondFrameAt: number;
}

let sightings: Sighting[] = [];

/** Begins to note every row whose text changes. Answers the names of the first rows: those stay in sight. */
export function watchRows(rows: number): readonly string[] {
  sightings = [];
  const observer = new MutationObserver((mutations) => {
    const changed = new Set<Element>();
    for (const { target } of mutations) {
      const row = (target instanceof Element ? target : target.parentElement)?.closest(
        '[data-alarm]',
      );
      if (row !== null && row !== undefined) changed.add(row);
    }
    const rows = [...changed].map(rowOf);
    requestAnimationFrame(() => {
      const firstFrameAt = Date.now();
      requestAnimationFrame(() => {
        const secondFrameAt = Date.now();
        for (const { name, status } of rows) {
          sightings.push({ name, status, firstFrameAt, secondFrameAt });
        }
      });
    });
  });
  const body = document.querySelector('.grid-body');
  if (body !== null)
    observer.observe(body, { subtree: true, characterData: true, childList: true });
  return [...document.querySelectorAll('.row[data-alarm]')]
    .slice(0, rows)
    .map((row) => rowOf(row).name);
}

/** Everything that was noted since `watchRows`. */
export function takeSightings(): readonly Sighting[] {
  return sightings;
}

/** Answers once each of these rows shows this status text, painted. */
export function whenRowsSay(statuses: Readonly<Record<string, string>>): Promise<number> {
  const names = Object.keys(statuses);
  return whenPainted(() =>
    names.every((name) => {
      const row = document.querySelector(`.row[data-alarm="${CSS.escape(name)}"]`);
      return row !== null && rowOf(row).status === statuses[name];
    }),
  );
}

const REST_MS = 1_000;

/** Answers when the last row had changed (epoch ms), once none has for a second and nothing of the log is left to fold. */
export function whenAtRest(): Promise<number> {
  let changedAt = Date.now();
  const observer = new MutationObserver(() => {
    changedAt = Date.now();
  });
  const body = document.querySelector('.grid-body');
  const attributeFilter = ['style', 'data-level', 'data-alarm', 'aria-rowindex'];
  if (body !== null) observer.observe(body, { subtree: true, attributes: true, attributeFilter });
  return new Promise((resolve) => {
    const look = () => {
      const isFolded = document.querySelector('.freshness')?.textContent?.startsWith('lag 0 ');
      if (isFolded === true && Date.now() - changedAt > REST_MS) resolve(changedAt);
      else requestAnimationFrame(look);
    };
    look();
  });
}
