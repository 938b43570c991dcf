import { app, BrowserWindow } from 'electron';

/** The peer of everything that has a window: one page with one sentence, in a window as large as the console's first. */
const folder = process.argv.find((word) => word.startsWith('--user-data-dir='))?.split('=')[1];
if (folder !== undefined) app.setPath('userData', folder);
const page = 'data:text/html,<!doctype html><title>Bare</title><p>A bare window.</p>';

async function open(): Promise<void> {
  await app.whenReady();
  const window = new BrowserWindow({ width: 1440, height: 900, show: false });
  window.removeMenu();
  window.once('ready-to-show', () => window.show());
  await window.loadURL(page);
}

app.on('window-all-closed', () => app.quit());
void open();
