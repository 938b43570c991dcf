import type { WindowId } from './request-handlers.ts';

/** Who sent a message to main, as far as it matters for trusting it. */
export interface MessageSender {
  readonly windowId: WindowId;
  /** False for a frame inside the page, and for one that is already gone. */
  readonly isMainFrame: boolean;
  /** Address of the page that the frame shows. */
  readonly url: string;
}

/** Which messages main listens to: those of our windows' main frame while it shows our own page. */
export interface TrustedPages {
  isOurWindow(windowId: WindowId): boolean;
  /** Addresses below which our pages lie, each ending in a slash. */
  readonly pageBases: readonly string[];
}

/** Answers why the sender is not trusted, or null where it is. */
export function distrustOf(sender: MessageSender, trusted: TrustedPages): string | null {
  if (!trusted.isOurWindow(sender.windowId)) return 'the message comes from an unknown window';
  if (!sender.isMainFrame) return 'the message does not come from the main frame';
  const isOurPage = trusted.pageBases.some((base) => sender.url.startsWith(base));
  return isOurPage ? null : 'the message comes from a page that is not ours';
}
