import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, protocol, session, shell } from 'electron';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import { ok } from '../../core/lib/result.ts';
import { registerRequests } from '../ipc/register-requests.ts';
import type { RequestHandlers, WindowId } from '../ipc/request-handlers.ts';
import { createEventSender, type SendEvent, targetOf } from '../ipc/send-event.ts';
import { type LogThread, startLogThread } from '../log-thread/log-thread.ts';
import { takeWorker } from '../log-thread/log-worker.ts';
import type { ThreadEvent } from '../log-thread/messages.ts';
import type { Logger } from '../logging/logger.ts';
import {
  createElectronSettingsStore,
  SETTINGS_NAME,
} from '../preferences/electron-settings-store.ts';
import { createPreferencesDesk, type PreferencesDesk } from '../preferences/preferences.ts';
import { readSettingsFile } from '../preferences/settings-file.ts';
import { saveScreenshot } from '../report/screenshot.ts';
import { profileOf } from '../session/chosen-log.ts';
import { profileNameOf } from '../session/log-profile.ts';
import { operatorIdentity } from '../session/operator-identity.ts';
import { serveConsolePages } from '../window/console-pages.ts';
import { openConsoleWindow } from '../window/console-window.ts';
import { CONSOLE_BASE, pageBaseOf } from '../window/content-policy.ts';
import { isGuidanceAddress, refusePermissions } from '../window/restrain-page.ts';
import type { StartArguments } from './start-arguments.ts';

/** The running desktop: a console and its window. */
export interface DesktopConsole {
  /** Another start of the same console was refused: this one comes to the front, and says so where another profile was asked for. */
  raise(profile: string | null): void;
  close(): Promise<void>;
}

/** What a desktop is started with. */
export interface DesktopOptions {
  readonly start: StartArguments;
  /** Holds all that is kept. */
  readonly userFolder: string;
  readonly logger: Logger;
}

/**
 * Starts the console: at once the reading of the log, whose thread needs nothing of Electron's; then, when Electron is
 * ready, settings, requests and window.
 */
export async function startDesktopConsole(options: DesktopOptions): Promise<DesktopConsole> {
  const { start, userFolder, logger } = options;
  const link: { desktop: OpenDesktop | null } = { desktop: null };
  const profile = await profileOf({ env: process.env, profile: start.profile, userFolder });
  const thread = startLogThread({
    takeWorker,
    start: {
      profile,
      identity: operatorIdentity(),
      version: app.getVersion(),
      start,
    },
    logger,
    onEvent: (event) => link.desktop?.tellWindows(event),
    onReport: printLine,
    onScreenshotDue: () => link.desktop?.takeScreenshot(),
    onRestart: (reason) => link.desktop?.beginAnew(reason),
  });
  const settingsPath = join(userFolder, `${SETTINGS_NAME}.json`);
  const now = createSystemClock().now();
  const [{ settings, notices }] = await Promise.all([
    readSettingsFile(settingsPath, now),
    app.whenReady(),
  ]);
  const preferences = createPreferencesDesk(settings, createElectronSettingsStore(userFolder));
  const profileName = profileNameOf(profile);
  link.desktop = new OpenDesktop({ ...options, thread, profileName, preferences, notices });
  return link.desktop;
}

interface DesktopParts extends DesktopOptions {
  readonly thread: LogThread;
  /** What it watches, as the operator knows it. */
  readonly profileName: string;
  readonly preferences: PreferencesDesk;
  readonly notices: readonly string[];
}

class OpenDesktop implements DesktopConsole {
  readonly #parts: DesktopParts;
  readonly #pageAddress: string;
  readonly #window: BrowserWindow;
  #notices: readonly string[];

  constructor(parts: DesktopParts) {
    this.#parts = parts;
    this.#notices = parts.notices;
    this.#pageAddress = parts.start.devServer ?? CONSOLE_BASE;
    this.#tellWords();
    this.#answerRequests();
    refusePermissions(session.defaultSession);
    serveConsolePages(protocol, join(app.getAppPath(), 'out', 'renderer'));
    this.#window = this.#openWindow();
  }

  raise(profile: string | null): void {
    const { start, profileName } = this.#parts;
    if (profile !== null && profile !== start.profile && profile !== profileName) {
      this.#addNotice(
        `The profile ${profile} was asked for, but this console watches ${profileName}. End it first, or start with --user-data-dir=FOLDER beside it.`,
      );
    }
    if (this.#window.isDestroyed()) return;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  async close(): Promise<void> {
    await this.#parts.thread.close();
  }

  /** A window that is gone needs no feed. */
  tellWindows({ windowId, name, payload }: ThreadEvent): void {
    if (windowId === null) {
      for (const window of BrowserWindow.getAllWindows()) this.#sender(window)(name, payload);
      return;
    }
    const window = windowOf(windowId);
    const isTaken = window !== undefined && this.#sender(window)(name, payload);
    if (!isTaken) this.#parts.thread.pageLost(windowId);
  }

  takeScreenshot(): void {
    const { start, logger } = this.#parts;
    if (start.screenshotPath === null) return;
    const capture = async () => (await this.#window.webContents.capturePage()).toPNG();
    void saveScreenshot({ path: start.screenshotPath, capture, write: printLine, logger });
  }

  /** The log is read anew by another thread: what windows show is no longer fed. */
  beginAnew(reason: string): void {
    this.#addNotice(`The reading of the log was started again after it ended (${reason}).`);
    for (const window of BrowserWindow.getAllWindows()) window.webContents.reload();
  }

  #addNotice(notice: string): void {
    this.#notices = [...this.#notices, notice];
    this.#tellWords();
  }

  #tellWords(): void {
    const { thread, preferences } = this.#parts;
    const { documentBase } = preferences.read();
    thread.setWords({ documentBase, notices: this.#notices });
  }

  #answerRequests(): void {
    const { start, logger } = this.#parts;
    registerRequests(ipcMain, {
      handlers: this.#handlers(),
      logger,
      isOutputChecked: start.isOutputChecked,
      trusted: {
        isOurWindow: (windowId) => windowOf(windowId) !== undefined,
        pageBases: [pageBaseOf(this.#pageAddress)],
      },
    });
  }

  #handlers(): RequestHandlers {
    const { thread, preferences } = this.#parts;
    return {
      ...thread.handlers,
      'preferences:readPreferences': () => ok(preferences.read()),
      'preferences:savePreferences': (input) => {
        const saved = preferences.save(input);
        if (saved.ok) this.#tellWords();
        return saved;
      },
    };
  }

  #openWindow(): BrowserWindow {
    const { preferences, logger } = this.#parts;
    return openConsoleWindow({
      pageAddress: this.#pageAddress,
      pageBase: pageBaseOf(this.#pageAddress),
      preloadPath: join(app.getAppPath(), 'out', 'preload', 'index.cjs'),
      keptBounds: preferences.readBounds(),
      saveBounds: (bounds) => {
        const saved = preferences.saveBounds(bounds);
        if (!saved.ok)
          logger.warn('the window was not remembered', {
            reason: saved.error.message,
            details: saved.error.details,
          });
      },
      openOutside: (address) => this.#openOutside(address),
      onPageLost: (windowId) => this.#parts.thread.pageLost(windowId),
      onCrash: (reason) =>
        this.#addNotice(`The window was loaded again after its process ended (${reason}).`),
      logger,
    });
  }

  #openOutside(address: string): boolean {
    const { preferences, logger } = this.#parts;
    if (!isGuidanceAddress(address, preferences.read().documentBase)) return false;
    shell.openExternal(address).catch((thrown: unknown) => {
      logger.error('the document could not be opened', { address, thrown });
    });
    return true;
  }

  #sender(window: BrowserWindow): SendEvent {
    const { start, logger } = this.#parts;
    const { webContents } = window;
    return createEventSender(targetOf(webContents), {
      logger,
      isOutputChecked: start.isOutputChecked,
    });
  }
}

function windowOf(windowId: WindowId): BrowserWindow | undefined {
  return BrowserWindow.getAllWindows().find(
    (window) => !window.isDestroyed() && window.webContents.id === windowId,
  );
}

/** For the program that started the console. */
function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
