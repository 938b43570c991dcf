/** A generator of numbers from 0 up to below 1 that is the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A copy of the bytes with one to four of: a byte changed, a bit turned, bytes cut off, inserted, doubled, or a forged length. */
export function mutate(bytes: Buffer, random: () => number): Buffer {
  let mutated: Buffer = Buffer.from(bytes);
  const changes = 1 + Math.floor(random() * 4);
  for (let done = 0; done < changes; done += 1) {
    mutated = changeOnce(mutated, random);
  }
  return mutated;
}

function changeOnce(bytes: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * (bytes.length + 1));
  const before = bytes.subarray(0, at);
  const after = bytes.subarray(at);
  switch (Math.floor(random() * 6)) {
    case 0:
      return Buffer.concat([before, Buffer.from([random() * 256]), after.subarray(1)]);
    case 1:
      return flipBit(bytes, at, random);
    case 2:
      return Buffer.from(before);
    case 3:
      return Buffer.concat([before, Buffer.from([random() * 256, random() * 256]), after]);
    case 4:
      return Buffer.concat([before, before.subarray(-8), after]);
    default:
      return Buffer.concat([before, FORGED_LENGTH, after]);
  }
}

function flipBit(bytes: Buffer, at: number, random: () => number): Buffer {
  const flipped = Buffer.from(bytes);
  if (at < flipped.length) {
    flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  return flipped;
}

/** The count 2^31 - 1 as a zigzag number: as the length of an array it ends a process that trusts it. */
const FORGED_LENGTH = Buffer.from([0xfe, 0xff, 0xff, 0xff, 0x0f]);
