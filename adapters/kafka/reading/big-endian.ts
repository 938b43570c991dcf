/**
 * A signed 64-bit number of the wire as a plain number. Exact up to 2^53, which no offset, time or
 * producer id in use reaches; two 32-bit reads, because a BigInt a record would cost more than all the rest.
 */
export function readInt64(view: DataView, at: number): number {
  return view.getInt32(at) * 4_294_967_296 + view.getUint32(at + 4);
}

/** Writes a whole number below 2^53 as a signed 64-bit number of the wire. */
export function writeInt64(view: DataView, at: number, value: number): void {
  view.setInt32(at, Math.floor(value / 4_294_967_296));
  view.setUint32(at + 4, value >>> 0);
}
