/** So many texts, none longer: what a site repeats in its registrations, and little beside the alarms themselves. */
const MOST_TEXTS = 4_096;
const LONGEST = 256;

/** Keeps one copy of each text that comes again and again, e.g. a location in 100,000 registrations. Bounded. */
export interface TextPool {
  /** An equal text, the one that was seen first where it is still known. */
  one(text: string): string;
}

/** An empty pool. When it is full everything is forgotten, and learned anew. */
export function createTextPool(): TextPool {
  const known = new Map<string, string>();
  return {
    one(text) {
      if (text.length > LONGEST) return text;
      const same = known.get(text);
      if (same !== undefined) return same;
      if (known.size >= MOST_TEXTS) known.clear();
      known.set(text, text);
      return text;
    },
  };
}
