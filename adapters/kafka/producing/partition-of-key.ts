const SEED = 0x9747b28c;
const MIX = 0x5bd1e995;

/**
 * The partition that Kafka's own client gives to a key (murmur2 of its bytes), so that our records of one alarm stand
 * where those of Java and JavaScript writers stand. Clients built on librdkafka choose otherwise: the alarm topics
 * have one partition for that reason.
 */
export function partitionOfKey(key: Uint8Array, partitions: number): number {
  return partitions <= 1 ? 0 : (murmur2(key) & 0x7fff_ffff) % partitions;
}

function murmur2(key: Uint8Array): number {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  const whole = key.length - (key.length % 4);
  let hash = SEED ^ key.length;
  for (let at = 0; at < whole; at += 4) {
    hash = Math.imul(hash, MIX) ^ mixed(view.getInt32(at, true));
  }
  return finished(withTail(hash, key, whole));
}

function mixed(word: number): number {
  const product = Math.imul(word, MIX);
  return Math.imul(product ^ (product >>> 24), MIX);
}

function withTail(hash: number, key: Uint8Array, whole: number): number {
  if (whole === key.length) return hash;
  let tail = 0;
  for (let at = key.length - 1; at >= whole; at -= 1) tail = (tail << 8) | (key[at] ?? 0);
  return Math.imul(hash ^ tail, MIX);
}

function finished(hash: number): number {
  const stirred = Math.imul(hash ^ (hash >>> 13), MIX);
  return stirred ^ (stirred >>> 15);
}
