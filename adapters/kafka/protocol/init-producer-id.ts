import type { ApiRange } from '../connection/cluster.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

export const INIT_PRODUCER_ID: ApiRange = {
  apiKey: 22,
  apiName: 'InitProducerId',
  min: 0,
  max: 1,
};

const UNUSED_TIMEOUT_MS = 60_000;

/** Asks for the identity of a producer that is idempotent and not transactional. */
export function writeInitProducerIdRequest(): Uint8Array {
  return new ByteWriter().string(null).int32(UNUSED_TIMEOUT_MS).finish();
}

/** Reads the answer. Throws a RangeError where it is cut short. */
export function readInitProducerIdResponse(body: Buffer): {
  readonly errorCode: number;
  readonly producerId: number;
  readonly producerEpoch: number;
} {
  const reader = new ByteReader(body);
  reader.int32(); // throttle time
  return {
    errorCode: reader.int16(),
    producerId: reader.int64(),
    producerEpoch: reader.int16(),
  };
}
