/** Remembers at least the last `capacity` texts that were added, at most twice as many. */
export interface RecentSet {
  has(text: string): boolean;
  /** False where it is remembered already. */
  add(text: string): boolean;
}

/** Remembers nothing yet. */
export function createRecentSet(capacity: number): RecentSet {
  let older = new Set<string>();
  let newer = new Set<string>();
  const has = (text: string): boolean => newer.has(text) || older.has(text);
  return {
    has,
    add(text) {
      if (has(text)) return false;
      if (newer.size >= capacity) {
        older = newer;
        newer = new Set();
      }
      newer.add(text);
      return true;
    },
  };
}
