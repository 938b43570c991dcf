const REACHABLE_WITHIN_MS = 8_000;

/**
 * Asks a server before downloading from it, so that a machine without that way out loses seconds, not minutes. A proxy that
 * the download itself would use is not asked.
 * @param {string} url
 */
export async function isReachable(url) {
  try {
    const signal = AbortSignal.timeout(REACHABLE_WITHIN_MS);
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
    return true;
  } catch {
    return false;
  }
}
