import type { ApiRange } from '../connection/cluster.ts';
import { type BrokerAnswer, readBrokerAnswer } from './broker-answer.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/** From version 5 on the broker says why not. */
export const DELETE_TOPICS: ApiRange = { apiKey: 20, apiName: 'DeleteTopics', min: 5, max: 5 };

/** Asks for the topics to be deleted with all that they hold. */
export function writeDeleteTopicsRequest(topics: readonly string[], timeoutMs: number): Uint8Array {
  const writer = new ByteWriter().tags();
  writer.compactArray(topics, (topic) => writer.compactString(topic));
  return writer.int32(timeoutMs).tags().finish();
}

/** Reads the answers, one a topic. Throws a RangeError where it is cut short. */
export function readDeleteTopicsResponse(
  body: Buffer,
): readonly (BrokerAnswer & { readonly topic: string })[] {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  return reader.compactArray(() => {
    const result = { topic: reader.compactString(), ...readBrokerAnswer(reader) };
    reader.tags();
    return result;
  });
}
