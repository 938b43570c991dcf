import type { Session, WebContents } from 'electron';
import type { Logger } from '../logging/logger.ts';

/** What a page tried that it may not, written down once by the caller's logger. */
export interface PageRestraints {
  readonly logger: Logger;
  /** Address below which the page may move about by itself (reload). */
  readonly pageBase: string;
  /** Opens an address in the user's own browser, where it is one that the console may open. */
  readonly openOutside: (address: string) => boolean;
}

/** Holds a page where it is: no navigation, no new window, no embedded page. */
export function restrainPage(contents: WebContents, restraints: PageRestraints): void {
  const { logger, pageBase } = restraints;
  const stay = (event: { preventDefault(): void }, address: string) => {
    if (address.startsWith(pageBase)) return;
    event.preventDefault();
    logger.warn('navigation refused', { address });
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (!restraints.openOutside(url)) logger.warn('new window refused', { address: url });
    return { action: 'deny' };
  });
}

/** Refuses every permission that a page can ask for, and every device. */
export function refusePermissions(
  session: Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >,
): void {
  session.setPermissionRequestHandler((_, __, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** Whether an address is a guidance document: http or https, and below the site's own base. */
export function isGuidanceAddress(address: string, documentBase: string): boolean {
  const target = parsed(address);
  const base = parsed(documentBase);
  if (target === null || base === null) return false;
  const isWeb = target.protocol === 'https:' || target.protocol === 'http:';
  return isWeb && target.origin === base.origin && target.pathname.startsWith(base.pathname);
}

function parsed(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
