/**
 * A signed 64-bit number of the wire as a plain number. Exact up to 2^53, which no offset, time or
 * producer id in use reaches; two 32-bit reads, because a BigInt a record would cost more than all the rest.
 */
export function readInt64(view: DataView, at: number): number {
  const high = view.getInt32(at);
  const low = view.getUint32(at + 4);
  // A product is kept in a box of its own wherever it is held; an offset as it is read, as long as it is small, is not.
  return high === 0 ? low : high * 4_294_967_296 + low;
}

/** Writes a whole number below 2^53 as a signed 64-bit number of the wire. */
export function writeInt64(view: DataView, at: number, value: number): void {
  view.setInt32(at, Math.floor(value / 4_294_967_296));
  view.setUint32(at + 4, value >>> 0);
}
