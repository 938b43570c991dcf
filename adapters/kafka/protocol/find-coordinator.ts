import type { ApiRange } from '../connection/cluster.ts';
import { type BrokerAnswer, readBrokerAnswer } from './broker-answer.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

export const FIND_COORDINATOR: ApiRange = {
  apiKey: 10,
  apiName: 'FindCoordinator',
  min: 3,
  max: 3,
};

const GROUP = 0;

/** Asks which broker looks after a group. */
export function writeFindCoordinatorRequest(group: string): Uint8Array {
  return new ByteWriter().tags().compactString(group).int8(GROUP).tags().finish();
}

/** Reads the answer. Throws a RangeError where it is cut short. */
export function readFindCoordinatorResponse(
  body: Buffer,
): BrokerAnswer & { readonly nodeId: number } {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  return { ...readBrokerAnswer(reader), nodeId: reader.int32() };
}
