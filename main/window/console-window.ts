import { BrowserWindow, screen } from 'electron';
import type { Logger } from '../logging/logger.ts';
import { restrainPage } from './restrain-page.ts';
import { boundsOnDisplays, FIRST_BOUNDS, type WindowBounds } from './window-bounds.ts';
import { windowOptions } from './window-options.ts';

export interface ConsoleWindowOptions {
  /** Address of the page: the built one, or the development server's. */
  readonly pageAddress: string;
  readonly pageBase: string;
  readonly preloadPath: string;
  readonly keptBounds: WindowBounds | null;
  readonly saveBounds: (bounds: WindowBounds) => void;
  readonly openOutside: (address: string) => boolean;
  /** The page is gone or begins anew: whatever was sent to it is lost. */
  readonly onPageLost: (windowId: number) => void;
  /** The page's process ended; it is loaded again. */
  readonly onCrash: (reason: string) => void;
  readonly logger: Logger;
}

/** A page that crashes again within this time is not loaded again at once, or it would do nothing else. */
const CALM_MS = 10_000;

/** Level of a page's message from which it is written down. */
const PAGE_WARNING = 2;

/** Opens the console's window: held in its page, where it stood last, shown when it has painted. */
export function openConsoleWindow(options: ConsoleWindowOptions): BrowserWindow {
  const displays = screen.getAllDisplays().map((display) => display.workArea);
  const bounds = boundsOnDisplays(options.keptBounds ?? FIRST_BOUNDS, displays);
  const window = new BrowserWindow(windowOptions(options.preloadPath, bounds));
  window.removeMenu();
  restrainPage(window.webContents, options);
  followPage(window, options);
  window.once('ready-to-show', () => {
    if (bounds.isMaximized) window.maximize();
    window.show();
  });
  window.on('close', () => options.saveBounds(boundsOf(window)));
  load(window, options);
  return window;
}

function followPage(window: BrowserWindow, options: ConsoleWindowOptions): void {
  const { webContents } = window;
  const windowId = webContents.id;
  let crashedAt = Number.NEGATIVE_INFINITY;
  webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) options.onPageLost(windowId);
  });
  webContents.on('destroyed', () => options.onPageLost(windowId));
  webContents.on('render-process-gone', (_, { reason, exitCode }) => {
    options.onPageLost(windowId);
    if (reason === 'clean-exit') return;
    options.logger.error('the page ended', { reason, exitCode });
    const isSecond = performance.now() - crashedAt < CALM_MS;
    crashedAt = performance.now();
    options.onCrash(reason);
    setTimeout(() => load(window, options), isSecond ? CALM_MS : 0);
  });
  webContents.on('console-message', (_, level, message, ...place) => {
    if (level >= PAGE_WARNING) options.logger.warn('the page says', { text: message, place });
  });
  webContents.on('preload-error', (_, path, thrown) => {
    options.logger.error('the preload failed', { path, thrown });
  });
  webContents.on('unresponsive', () => options.logger.warn('the page does not respond'));
}

function load(window: BrowserWindow, { pageAddress, logger }: ConsoleWindowOptions): void {
  if (window.isDestroyed()) return;
  window.loadURL(pageAddress).catch((thrown: unknown) => {
    logger.error('the page could not be loaded', { pageAddress, thrown });
  });
}

function boundsOf(window: BrowserWindow): WindowBounds {
  const { x, y, width, height } = window.getNormalBounds();
  return { width, height, place: { x, y }, isMaximized: window.isMaximized() };
}
