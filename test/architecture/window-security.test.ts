import { describe, expect, it } from 'vitest';
import { CONTENT_POLICY, PAGE_HEADERS } from '../../main/window/content-policy.ts';
import { FIRST_BOUNDS } from '../../main/window/window-bounds.ts';
import { PAGE_LIMITS, windowOptions } from '../../main/window/window-options.ts';

describe('security of the window', () => {
  it('holds every limit of a page; a change here is a decision (docs/decisions/0006)', () => {
    expect(PAGE_LIMITS).toEqual({
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
    });
  });

  it('gives the window these limits and a preload, and nothing else', () => {
    const { webPreferences } = windowOptions('/app/preload.cjs', FIRST_BOUNDS);
    expect(webPreferences).toEqual({ ...PAGE_LIMITS, preload: '/app/preload.cjs' });
  });

  it('lets the page load itself only', () => {
    const directives = new Map(
      CONTENT_POLICY.split('; ').map((text) => {
        const [name = '', ...sources] = text.split(' ');
        return [name, sources.join(' ')];
      }),
    );
    expect(Object.fromEntries(directives)).toEqual({
      'default-src': "'self'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-src': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(PAGE_HEADERS['content-security-policy']).toBe(CONTENT_POLICY);
    expect(PAGE_HEADERS['x-content-type-options']).toBe('nosniff');
  });
});
