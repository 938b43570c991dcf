import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, protocol, session, shell } from 'electron';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import { registerRequests } from '../ipc/register-requests.ts';
import type { WindowId } from '../ipc/request-handlers.ts';
import { createEventSender, type SendEvent, targetOf } from '../ipc/send-event.ts';
import type { Logger } from '../logging/logger.ts';
import {
  createElectronSettingsStore,
  SETTINGS_NAME,
} from '../preferences/electron-settings-store.ts';
import { createPreferencesDesk, type PreferencesDesk } from '../preferences/preferences.ts';
import { readSettingsFile } from '../preferences/settings-file.ts';
import { type ConsoleReport, startConsoleReport } from '../report/console-report.ts';
import { formatTime } from '../session/format-time.ts';
import { profileOf } from '../session/log-profile.ts';
import { operatorIdentity } from '../session/operator-identity.ts';
import { serveConsolePages } from '../window/console-pages.ts';
import { openConsoleWindow } from '../window/console-window.ts';
import { CONSOLE_BASE, pageBaseOf } from '../window/content-policy.ts';
import { isGuidanceAddress, refusePermissions } from '../window/restrain-page.ts';
import { type ConsoleCore, createConsoleCore } from './console-core.ts';
import { createProfileParts } from './profile-parts.ts';
import type { StartArguments } from './start-arguments.ts';

/** The running desktop: a console and its window. */
export interface DesktopConsole {
  /** Another start of the same console was refused: this one comes to the front. */
  raise(): void;
  close(): Promise<void>;
}

const clock = createSystemClock();
const readableTime = (at: EpochMs) => formatTime(at, clock.now());

/** Opens the console: settings, log, requests, window. `userFolder` holds all that is kept. */
export async function startDesktopConsole(
  start: StartArguments,
  userFolder: string,
  logger: Logger,
): Promise<DesktopConsole> {
  const settingsPath = join(userFolder, `${SETTINGS_NAME}.json`);
  const { settings, notices } = await readSettingsFile(settingsPath, clock.now());
  const preferences = createPreferencesDesk(settings, createElectronSettingsStore(userFolder));
  return new OpenDesktop({ start, userFolder, logger, preferences, notices });
}

interface DesktopParts {
  readonly start: StartArguments;
  readonly userFolder: string;
  readonly logger: Logger;
  readonly preferences: PreferencesDesk;
  readonly notices: readonly string[];
}

class OpenDesktop implements DesktopConsole {
  readonly #parts: DesktopParts;
  readonly #core: ConsoleCore;
  readonly #report: ConsoleReport | null;
  readonly #pageAddress: string;
  readonly #window: BrowserWindow;

  constructor(parts: DesktopParts) {
    this.#parts = parts;
    this.#pageAddress = parts.start.devServer ?? CONSOLE_BASE;
    this.#core = this.#createCore();
    this.#report = this.#startReport();
    this.#answerRequests();
    refusePermissions(session.defaultSession);
    serveConsolePages(protocol, join(app.getAppPath(), 'out', 'renderer'));
    this.#core.start();
    this.#window = this.#openWindow();
  }

  raise(): void {
    if (this.#window.isDestroyed()) return;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  async close(): Promise<void> {
    await this.#core.close();
  }

  #createCore(): ConsoleCore {
    const { start, userFolder, logger, preferences, notices } = this.#parts;
    const identity = operatorIdentity();
    const profile = profileOf(process.env, userFolder);
    return createConsoleCore({
      ...createProfileParts({ profile, start, identity, clock, logger }),
      profile,
      identity,
      version: app.getVersion(),
      clock,
      logger,
      preferences,
      notices,
      createId: () => crypto.randomUUID(),
      formatTime: readableTime,
      sendTo: (windowId) => this.#senderTo(windowId),
      broadcast: (name, payload) => this.#senders().every((send) => send(name, payload)),
      onSnapshotTaken: () => this.#painted(),
    });
  }

  #startReport(): ConsoleReport | null {
    const { start, logger } = this.#parts;
    if (!start.isReporting) return null;
    return startConsoleReport({
      picture: this.#core.picture,
      clock,
      write: (line) => process.stdout.write(`${line}\n`),
      logger,
      formatTime: readableTime,
      screenshotPath: start.screenshotPath,
    });
  }

  #answerRequests(): void {
    const { start, logger } = this.#parts;
    registerRequests(ipcMain, {
      handlers: this.#core.handlers,
      logger,
      isOutputChecked: start.isOutputChecked,
      trusted: {
        isOurWindow: (windowId) => windowOf(windowId) !== undefined,
        pageBases: [pageBaseOf(this.#pageAddress)],
      },
    });
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
      onPageLost: (windowId) => this.#core.feeds.closeFeed(windowId),
      onCrash: (reason) =>
        this.#core.addNotice(`The window was loaded again after its process ended (${reason}).`),
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

  #painted(): void {
    this.#report?.windowPainted(async () => {
      const image = await this.#window.webContents.capturePage();
      return image.toPNG();
    });
  }

  #senderTo(windowId: WindowId): SendEvent {
    const window = windowOf(windowId);
    return window === undefined ? () => false : this.#sender(window);
  }

  #senders(): SendEvent[] {
    return BrowserWindow.getAllWindows().map((window) => this.#sender(window));
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
