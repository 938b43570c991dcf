import type { ElectronApplication } from '@playwright/test';

/**
 * Keeps what main sends of the alarms from the window, as a slow window would; the rest passes. With `after` everything
 * up to the first message of that phase still passes.
 */
export function holdFeed(app: ElectronApplication, after: string | null = null): Promise<void> {
  return app.evaluate(({ BrowserWindow }, lastPhase) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('there is no window');
    const send = contents.send.bind(contents);
    const held: unknown[][] = [];
    let isHolding = lastPhase === null;
    contents.send = (channel, ...payload) => {
      if (channel === 'feed:changed' && isHolding) held.push(payload);
      else send(channel, ...payload);
      const { phase, read } = payload[0]?.status?.phase ?? {};
      if (channel === 'feed:changed' && phase === lastPhase && read !== 0) isHolding = true;
    };
    Object.assign(contents, {
      releaseFeed: () => {
        contents.send = send;
        for (const payload of held) send('feed:changed', ...payload);
      },
    });
  }, after);
}

/** Lets the window have what was held, in order. */
export function releaseFeed(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => {
    const contents: object | undefined = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined || !('releaseFeed' in contents)) throw new Error('nothing is held');
    if (typeof contents.releaseFeed === 'function') contents.releaseFeed();
  });
}
