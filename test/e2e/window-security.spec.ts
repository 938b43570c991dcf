import { expect } from '@playwright/test';
import { test } from '../support/e2e-console.ts';
import { consolePage, expectPhase } from '../support/e2e-page.ts';

test('the page has nothing of Node, and only the named bridge', async ({ open }) => {
  const { app, page } = await open();
  await expectPhase(consolePage(page), 'live');
  const seen = await page.evaluate(() => ({
    ofNode: ['require', 'process', 'module', 'Buffer', '__dirname', 'global', 'electron'].filter(
      (name) => name in window,
    ),
    bridge: Object.keys(window.klaxon).sort(),
    canChangeBridge: Reflect.set(window.klaxon, 'request', null),
    isServedByUs: location.origin,
  }));
  expect(seen).toEqual({
    ofNode: [],
    bridge: ['request', 'subscribe'],
    canChangeBridge: false,
    isServedByUs: 'klaxon://console',
  });
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents: object | undefined = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined || !('getLastWebPreferences' in contents)) return null;
    const read = contents.getLastWebPreferences;
    return typeof read === 'function' ? read.call(contents) : null;
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test('the page goes nowhere, opens nothing and is given no permission', async ({ open }) => {
  const { app, page } = await open();
  const view = consolePage(page);
  await expectPhase(view, 'live');
  const permissions = await page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    geolocation: (await navigator.permissions.query({ name: 'geolocation' })).state,
    camera: await navigator.mediaDevices
      .getUserMedia({ video: true })
      .then(() => 'granted')
      .catch((error: unknown) => (error instanceof Error ? error.name : 'denied')),
  }));
  expect(permissions).toMatchObject({ notifications: 'denied', geolocation: 'denied' });
  expect(permissions.camera).not.toBe('granted');

  const opened = await page.evaluate(() => window.open('http://127.0.0.1:9/other') === null);
  expect(opened).toBe(true);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

  // Last: a page whose navigation was refused is one that the test's own driver waits for.
  const address = page.url();
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'http://127.0.0.1:9/elsewhere';
    document.body.append(link);
    link.click();
    location.assign('http://127.0.0.1:9/elsewhere');
  });
  expect(await page.evaluate(() => location.href)).toBe(address);
  const shown = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
  );
  expect(shown).toBe(address);
});

test('a strict policy comes with the page, and holds', async ({ open }) => {
  const { page, excuse } = await open();
  excuse(/Content Security Policy/);
  await expectPhase(consolePage(page), 'live');
  const policy = await page.evaluate(async () => {
    const answer = await fetch(location.href);
    return answer.headers.get('content-security-policy');
  });
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');

  const violated = await page.evaluate(
    () =>
      new Promise<readonly string[]>((resolve) => {
        const directives: string[] = [];
        document.addEventListener('securitypolicyviolation', (event) => {
          directives.push(event.effectiveDirective);
          if (directives.length === 2) resolve(directives.sort());
        });
        const script = document.createElement('script');
        script.textContent = 'window.name = "inline script ran"';
        document.body.append(script);
        void fetch('http://127.0.0.1:9/').catch(() => undefined);
      }),
  );
  expect(violated).toEqual(['connect-src', 'script-src-elem']);
  expect(await page.evaluate(() => window.name)).not.toBe('inline script ran');
});

test('a request that does not fit the contract is answered with an error, never with silence', async ({
  open,
}) => {
  const { page } = await open();
  await expectPhase(consolePage(page), 'live');
  const answers = await page.evaluate(async () => {
    const ask: unknown = window.klaxon.request;
    if (typeof ask !== 'function') return [];
    return Promise.all([
      ask('alarm:readDetail', { name: 7 }),
      ask('shelf:shelveAlarms', { names: [], untilAt: 'soon', reason: '' }),
      ask('preferences:savePreferences', { theme: 'loud' }),
    ]);
  });
  expect(answers).toHaveLength(3);
  for (const answer of answers) {
    expect(answer).toMatchObject({ ok: false, error: { code: 'BadInput' } });
  }
});
