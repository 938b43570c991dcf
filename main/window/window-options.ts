import type { BrowserWindowConstructorOptions } from 'electron';
import type { WindowBounds } from './window-bounds.ts';

/**
 * What a page of ours may not do; a test fails when one of these changes (docs/decisions/0006-window-hardening.md).
 * `backgroundThrottling: false`: a console behind another window keeps counting time and painting, or an operator who
 * comes back would look at an old picture for a moment (and a screen wall never has the focus).
 */
export const PAGE_LIMITS = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  backgroundThrottling: false,
} as const;

/** Smallest window in which the layout holds (1024 × 700). */
export const SMALLEST_WINDOW = { width: 1024, height: 700 } as const;

/** Options of the console's window. It is shown when it has painted, so that nobody sees an empty frame. */
export function windowOptions(
  preloadPath: string,
  bounds: WindowBounds,
): BrowserWindowConstructorOptions {
  return {
    title: 'Klaxon',
    show: false,
    backgroundColor: '#d8dbde',
    autoHideMenuBar: true,
    minWidth: SMALLEST_WINDOW.width,
    minHeight: SMALLEST_WINDOW.height,
    width: bounds.width,
    height: bounds.height,
    ...(bounds.place === null ? {} : bounds.place),
    webPreferences: { ...PAGE_LIMITS, preload: preloadPath },
  };
}
