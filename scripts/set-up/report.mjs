const QUIET_MS = 1_000;

/**
 * @typedef {object} Report
 * @property {<T>(name: string, work: () => Promise<T>) => Promise<T>} step runs one step; it has a line when it takes longer than a second
 * @property {(text: string) => void} note says something that the user must know whatever the time it took
 */

/**
 * What the user sees of the set-up: nothing when there is nothing to do, one line for each step that takes time.
 * @param {(line: string) => void} [print]
 * @returns {Report}
 */
export function createReport(print = (line) => process.stdout.write(`${line}\n`)) {
  return {
    note: (text) => print(`set-up: ${text}`),
    step: async (name, work) => {
      const startedAt = performance.now();
      const timer = setTimeout(() => print(`set-up: ${name} ...`), QUIET_MS);
      try {
        return await work();
      } finally {
        clearTimeout(timer);
        const elapsedMs = performance.now() - startedAt;
        if (elapsedMs >= QUIET_MS) print(`set-up: ${name}: ${(elapsedMs / 1_000).toFixed(1)} s`);
      }
    },
  };
}
