/**
 * A hash of a range of bytes and of a small integer that keeps apart what looks alike: below 2^30. FNV-1a with the finish of
 * MurmurHash3, without which keys that count upwards lie in a row.
 */
export function hashOf(bytes: Uint8Array, start: number, end: number, realm: number): number {
  let hash = 0x811c9dc5 ^ realm;
  for (let at = start; at < end; at += 1) {
    hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  // Positive, and small enough for the probes after it.
  return (hash ^ (hash >>> 16)) & 0x3fffffff;
}
