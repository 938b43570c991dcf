import { app, protocol } from 'electron';
import { type DesktopConsole, startDesktopConsole } from './console/desktop-console.ts';
import { parseStart } from './console/start-arguments.ts';
import { createElectronLogger } from './logging/electron-logger.ts';
import { announceConsoleScheme } from './window/console-pages.ts';

/** How long what is open may take to end before the program goes anyway; nothing acknowledged can be lost by that. */
const END_WITHIN_MS = 3_000;

const start = parseStart(process.argv, process.env, app.isPackaged);
if (start.userFolder !== null) app.setPath('userData', start.userFolder);
const userFolder = app.getPath('userData');
const logger = createElectronLogger(userFolder);
let desktop: DesktopConsole | null = null;
let isEnding = false;

process.on('uncaughtException', (thrown) => logger.error('uncaught exception', { thrown }));
process.on('unhandledRejection', (thrown) => logger.error('unhandled rejection', { thrown }));
announceConsoleScheme(protocol);

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv) => {
    desktop?.raise(parseStart(argv, process.env, app.isPackaged).profile);
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', endFirst);
  open().catch(giveUp);
} else {
  // The console that runs on the same folder comes to the front instead. Who started this one may not see that.
  process.stdout.write(
    `A console runs on ${userFolder} already, and comes to the front. Another one beside it: --user-data-dir=FOLDER\n`,
  );
  app.quit();
}

async function open(): Promise<void> {
  desktop = await startDesktopConsole({ start, userFolder, logger });
}

/** Ends what is open, then quits for good. */
function endFirst(event: { preventDefault(): void }): void {
  if (desktop === null || isEnding) return;
  event.preventDefault();
  isEnding = true;
  setTimeout(() => app.exit(0), END_WITHIN_MS);
  desktop
    .close()
    .catch((thrown: unknown) => logger.error('the console did not end well', { thrown }))
    .finally(() => app.exit(0));
}

function giveUp(thrown: unknown): void {
  logger.error('the console could not start', { thrown });
  app.exit(1);
}
