import { ByteWriter } from '../../adapters/kafka/protocol/byte-writer.ts';
import type { AbortedTransaction } from '../../adapters/kafka/reading/fetch-response.ts';
import { joined } from './record-batch.ts';

/** One partition of an answer to a fetch; everything has a plain default. */
export interface AnsweredPartition {
  readonly topic?: string;
  readonly partition?: number;
  readonly errorCode?: number;
  readonly highWater?: number;
  readonly lastStable?: number;
  readonly logStart?: number;
  readonly aborted?: readonly AbortedTransaction[];
  readonly batches?: readonly Uint8Array[];
}

/** The body of a Fetch response as a broker would send it, of versions 4 to 11. */
export function aFetchResponse(
  partitions: readonly AnsweredPartition[],
  version = 11,
  errorCode = 0,
): Buffer {
  const writer = new ByteWriter();
  writer.int32(0);
  if (version >= 7) writer.int16(errorCode).int32(0);
  writer.array(partitions, (each) => {
    writer.string(each.topic ?? 'active-alarms').int32(1);
    writePartition(writer, each, version);
  });
  return Buffer.from(writer.finish());
}

function writePartition(writer: ByteWriter, each: AnsweredPartition, version: number): void {
  const highWater = each.highWater ?? 1_000;
  writer.int32(each.partition ?? 0).int16(each.errorCode ?? 0);
  writer.int64(highWater).int64(each.lastStable ?? highWater);
  if (version >= 5) writer.int64(each.logStart ?? 0);
  writer.array(each.aborted ?? [], ({ producerId, firstOffset }) => {
    writer.int64(producerId).int64(firstOffset);
  });
  if (version >= 11) writer.int32(-1);
  const records = joined(each.batches ?? []);
  writer.int32(records.length).raw(records);
}
