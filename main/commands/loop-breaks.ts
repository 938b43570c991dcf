/** Longest stretch of work in main before others get their turn (decision 13 allows 10 ms). */
const STRETCH_MS = 5;

/** Answers a function to await inside a long loop: it lets the event loop run whenever a stretch of work has become long. */
export function createLoopBreaks(
  readNow: () => number = () => performance.now(),
): () => Promise<void> {
  let startedAt = readNow();
  return async () => {
    if (readNow() - startedAt < STRETCH_MS) return;
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    startedAt = readNow();
  };
}
