import { crc32, deflateSync } from 'node:zlib';

/** A picture as Electron gives it: rows from the top, four bytes a pixel (blue, green, red, alpha). */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly bgra: Uint8Array;
}

const COLOURS = 256;

/** A picture as PNG with the 256 colours that it uses most; the others, edges of letters, become the nearest of them. */
export function smallPng({ width, height, bgra }: Bitmap): Buffer {
  const palette = mostUsed(bgra);
  const nearest = new Map(palette.map((colour, at) => [colour, at]));
  const lines = Buffer.alloc((width + 1) * height);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const colour = colourAt(bgra, pixel);
    const index = nearest.get(colour) ?? nearestIn(palette, colour);
    nearest.set(colour, index);
    lines[pixel + Math.floor(pixel / width) + 1] = index;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function mostUsed(bgra: Uint8Array): readonly number[] {
  const uses = new Map<number, number>();
  for (let pixel = 0; pixel < bgra.length / 4; pixel += 1) {
    const colour = colourAt(bgra, pixel);
    uses.set(colour, (uses.get(colour) ?? 0) + 1);
  }
  const byUse = [...uses].sort((one, other) => other[1] - one[1]);
  return byUse.slice(0, COLOURS).map(([colour]) => colour);
}

function colourAt(bgra: Uint8Array, pixel: number): number {
  const at = pixel * 4;
  return ((bgra[at + 2] ?? 0) << 16) | ((bgra[at + 1] ?? 0) << 8) | (bgra[at] ?? 0);
}

function channels(colour: number): readonly [number, number, number] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

function nearestIn(palette: readonly number[], colour: number): number {
  const [red, green, blue] = channels(colour);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, one] of palette.entries()) {
    const [r, g, b] = channels(one);
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < least) {
      least = distance;
      best = at;
    }
  }
  return best;
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
