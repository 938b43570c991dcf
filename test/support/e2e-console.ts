import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import {
  electronArguments,
  electronExecutable,
  projectRoot,
} from '../../scripts/electron-runtime.mjs';

/** A console in a real window. */
export interface TestConsole {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Where its settings, logs and embedded log are. */
  readonly userFolder: string;
  /** What the page complains about in these words is what the test asked for. */
  excuse(words: RegExp): void;
  /** Ends the program in order. May be called again. */
  close(): Promise<void>;
}

/** How a console is started; everything else is as for any user. */
export interface ConsoleStart {
  /** Settings and embedded log; a new folder where none is said. */
  readonly userFolder?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** What a test with consoles is given. */
export interface ConsoleFixtures {
  /** Environment of every console of the test. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where the folders of consoles are made. */
  readonly folderBase: string;
  /** A folder that no other test knows, for what a console keeps. */
  readonly freshFolder: () => Promise<string>;
  /** Opens a console; it ends with the test, and complaints in its page fail the test. */
  readonly open: (start?: ConsoleStart) => Promise<TestConsole>;
}

/** A test with consoles in real windows, each on a user folder of its own. */
export const test = base.extend<ConsoleFixtures>({
  environment: [{}, { option: true }],
  folderBase: [tmpdir(), { option: true }],
  freshFolder: async ({ folderBase }, use) => {
    const made: string[] = [];
    await use(async () => {
      const folder = await mkdtemp(join(folderBase, 'klaxon-e2e-'));
      made.push(folder);
      return folder;
    });
    for (const folder of made) await rm(folder, { recursive: true, force: true });
  },
  open: async ({ environment, freshFolder }, use, info) => {
    const opened: { readonly console: TestConsole; readonly complaints: readonly string[] }[] = [];
    await use(async (start = {}) => {
      const userFolder = start.userFolder ?? (await freshFolder());
      const launched = await launch(
        { ...start, env: { ...environment, ...start.env } },
        userFolder,
      );
      opened.push(launched);
      return launched.console;
    });
    const hasFailed = info.status !== info.expectedStatus;
    for (const [at, { console }] of opened.entries()) {
      if (hasFailed) await keepPicture(console.page, info.outputPath(`window-${at + 1}.png`));
      await console.close();
    }
    const complaints = opened.flatMap((one) => one.complaints);
    if (complaints.length > 0) throw new Error(`the page complained:\n${complaints.join('\n')}`);
  },
});

async function launch(start: ConsoleStart, userFolder: string) {
  const app = await _electron.launch({
    executablePath: electronExecutable(),
    cwd: projectRoot,
    args: [
      // The driver's own loader holds the program until the driver is there, so that no window opens unseen by it.
      '-r',
      join(projectRoot, 'node_modules/playwright-core/lib/server/electron/loader.js'),
      ...electronArguments().args,
      // Another build can be put to the test, a packed one for instance.
      process.env['KLAXON_APP'] ?? projectRoot,
      `--user-data-dir=${userFolder}`,
      ...(start.args ?? []),
    ],
    env: { ...ownEnvironment(), KLAXON_CHECK_OUTPUT: '1', ...start.env },
  });
  const page = await app.firstWindow();
  const complaints: string[] = [];
  const excused: RegExp[] = [];
  const complain = (text: string): void => {
    if (!excused.some((words) => words.test(text))) complaints.push(text);
  };
  page.on('pageerror', (error) => complain(String(error)));
  page.on('console', (said) => {
    if (said.type() === 'error') complain(said.text());
  });
  const excuse = (words: RegExp): void => void excused.push(words);
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= app.close());
  return { console: { app, page, userFolder, excuse, close }, complaints };
}

/** Ours, without what would lead a console to another log than the test's. */
function ownEnvironment(): Record<string, string> {
  const foreign = ['BOOTSTRAP_SERVERS', 'SCHEMA_REGISTRY', 'ELECTRON_RENDERER_URL'];
  const entries = Object.entries(process.env).flatMap(([name, value]): [string, string][] =>
    value === undefined || name.startsWith('KLAXON_') || foreign.includes(name)
      ? []
      : [[name, value]],
  );
  return Object.fromEntries(entries);
}

/** Keeps what a window showed when its test failed. */
async function keepPicture(page: Page, path: string): Promise<void> {
  try {
    await page.screenshot({ path, timeout: 5_000 });
  } catch {
    // A window that has gone has no picture; why the test failed is told without it.
  }
}
