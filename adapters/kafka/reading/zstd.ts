import { decompress } from 'fzstd';

/**
 * Inflates a zstd body. The frames are walked before anything is reserved: the decompressor takes window
 * and content sizes at their word, and a forged header of 14 bytes would reserve two gigabytes.
 * `null` when it does not hold, wants a window above 8 MiB (the largest of the ordinary levels) or could
 * pass `limit` bytes.
 */
export function inflateZstd(input: Uint8Array, limit: number): Uint8Array | null {
  const most = greatestLength(input);
  if (most === null || most > limit) {
    return null;
  }
  try {
    return decompress(input);
  } catch {
    return null;
  }
}

const WINDOW_LIMIT = 8 * 1024 * 1024;
const BLOCK_LIMIT = 128 * 1024;
const FRAME_MAGIC = 0xfd2fb528;

/** The most bytes that the blocks of all frames can yield. */
function greatestLength(input: Uint8Array): number | null {
  const view = new DataView(input.buffer, input.byteOffset, input.length);
  let at = 0;
  let most = 0;
  while (at < input.length) {
    const frame = readFrame(view, at, input.length);
    if (frame === null) {
      return null;
    }
    most += frame.most;
    at = frame.end;
  }
  return most;
}

interface FrameWalk {
  readonly end: number;
  readonly most: number;
}

function readFrame(view: DataView, at: number, end: number): FrameWalk | null {
  if (at + 9 > end) {
    return null;
  }
  const magic = view.getUint32(at, true);
  if (magic >>> 4 === 0x184d2a5) {
    const size = view.getUint32(at + 4, true);
    return at + 8 + size > end ? null : { end: at + 8 + size, most: 0 };
  }
  const header = magic === FRAME_MAGIC ? readHeader(view, at, end) : null;
  if (header === null) {
    return null;
  }
  const blocks = walkBlocks(view, header.bodyStart, end);
  if (blocks === null || (header.contentSize !== null && header.contentSize > blocks.most)) {
    return null;
  }
  return { end: blocks.end + (header.hasChecksum ? 4 : 0), most: blocks.most };
}

interface FrameHeader {
  readonly bodyStart: number;
  readonly contentSize: number | null;
  readonly hasChecksum: boolean;
}

function readHeader(view: DataView, at: number, end: number): FrameHeader | null {
  const flags = view.getUint8(at + 4);
  const isSingle = (flags & 32) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >>> 6] ?? 0;
  const sizeAt = at + (isSingle ? 5 : 6) + dictionaryBytes;
  if (sizeAt + sizeBytes + 3 > end) {
    return null;
  }
  const contentSize = readContentSize(view, sizeAt, sizeBytes);
  // A single segment has no window but its content, which is held against its blocks.
  const window = isSingle ? 0 : windowOf(view.getUint8(at + 5));
  return window > WINDOW_LIMIT
    ? null
    : { bodyStart: sizeAt + sizeBytes, contentSize, hasChecksum: (flags & 4) !== 0 };
}

function readContentSize(view: DataView, at: number, count: number): number | null {
  switch (count) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, true) + 256;
    case 4:
      return view.getUint32(at, true);
    case 8:
      return view.getUint32(at, true) + view.getUint32(at + 4, true) * 4_294_967_296;
    default:
      return null;
  }
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >>> 3));
  return base + (base / 8) * (descriptor & 7);
}

function walkBlocks(view: DataView, start: number, end: number): FrameWalk | null {
  let at = start;
  let most = 0;
  let isLast = false;
  while (!isLast) {
    if (at + 3 > end) {
      return null;
    }
    const word = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    isLast = (word & 1) !== 0;
    const kind = (word >>> 1) & 3;
    const size = word >>> 3;
    if (kind === 3 || size > BLOCK_LIMIT) {
      return null;
    }
    at += 3 + (kind === 1 ? 1 : size);
    most += kind === 2 ? BLOCK_LIMIT : size;
  }
  return at > end ? null : { end: at, most };
}
