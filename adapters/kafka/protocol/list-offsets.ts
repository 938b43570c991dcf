import type { EpochMs } from '../../../core/lib/units.ts';
import type { ApiRange } from '../connection/cluster.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

export const LIST_OFFSETS: ApiRange = { apiKey: 2, apiName: 'ListOffsets', min: 2, max: 3 };

const NO_REPLICA = -1;
const READ_UNCOMMITTED = 0;
const EARLIEST = -2;
const LATEST = -1;

/** An end of a partition, or a moment (milliseconds since 1970): the first record that is not older. */
export type OffsetSought = 'earliest' | 'latest' | EpochMs;

/** Asks for one offset of one partition; the latest is the high-water mark. */
export function writeListOffsetsRequest(
  topic: string,
  partition: number,
  sought: OffsetSought,
): Uint8Array {
  const writer = new ByteWriter();
  writer.int32(NO_REPLICA).int8(READ_UNCOMMITTED);
  writer.array([topic], (name) => {
    writer.string(name).array([partition], (index) => {
      writer.int32(index).int64(codeOf(sought));
    });
  });
  return writer.finish();
}

/** Reads the answer; an offset of -1 says that no record is so young. Throws a RangeError where it is cut short or names no partition. */
export function readListOffsetsResponse(body: Buffer): { errorCode: number; offset: number } {
  const reader = new ByteReader(body);
  reader.int32(); // throttle time
  const answers = reader.array(() => {
    reader.string();
    return reader.array(() => {
      reader.int32(); // partition
      const errorCode = reader.int16();
      reader.int64(); // time
      return { errorCode, offset: reader.int64() };
    });
  });
  const answer = answers[0]?.[0];
  if (answer === undefined) throw new RangeError('the answer names no partition');
  return answer;
}

function codeOf(sought: OffsetSought): number {
  if (sought === 'earliest') return EARLIEST;
  return sought === 'latest' ? LATEST : sought;
}
