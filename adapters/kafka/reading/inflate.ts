import { gunzipSync } from 'node:zlib';
import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { BatchFault } from './batch-fault.ts';
import { inflateLz4 } from './lz4.ts';
import { inflateSnappy } from './snappy.ts';
import { inflateZstd } from './zstd.ts';

/** No batch inflates beyond this: brokers take about 1 MiB a batch, and alarm records pack some ten to one. */
export const INFLATED_LIMIT = 64 * 1024 * 1024;

/**
 * Inflates the body of a compressed batch by the codec number of its attributes (1 gzip, 2 snappy, 3 lz4,
 * 4 zstd). Faults: `UnknownCodec`, or `Inflation` where it does not hold or would pass `limit` bytes.
 */
export function inflate(
  codec: number,
  body: Uint8Array,
  limit: number = INFLATED_LIMIT,
): Result<Uint8Array, BatchFault> {
  const codecName = CODEC_NAMES[codec];
  if (codecName === undefined) {
    return failure({
      code: 'UnknownCodec',
      message: `its compression is of unknown kind ${codec}`,
    });
  }
  const inflated = INFLATERS[codecName](body, limit);
  return inflated === null
    ? failure({
        code: 'Inflation',
        message: `its ${codecName} body does not decompress within ${limit} bytes`,
      })
    : ok(inflated);
}

type Codec = 'gzip' | 'snappy' | 'lz4' | 'zstd';

const CODEC_NAMES: Readonly<Record<number, Codec>> = {
  1: 'gzip',
  2: 'snappy',
  3: 'lz4',
  4: 'zstd',
};

const INFLATERS: Readonly<Record<Codec, (body: Uint8Array, limit: number) => Uint8Array | null>> = {
  gzip: inflateGzip,
  snappy: inflateSnappy,
  lz4: inflateLz4,
  zstd: inflateZstd,
};

function inflateGzip(body: Uint8Array, limit: number): Uint8Array | null {
  try {
    const inflated = gunzipSync(body, { maxOutputLength: limit });
    // A Buffer's slice is a view and no copy, which would keep the whole batch alive for one key.
    return new Uint8Array(inflated.buffer, inflated.byteOffset, inflated.length);
  } catch {
    return null;
  }
}
