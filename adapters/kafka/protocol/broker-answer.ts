import type { ByteReader } from './byte-reader.ts';

/** How a broker answered one thing that it was asked: 0 is yes; `detail` is its own word on a no. */
export interface BrokerAnswer {
  readonly errorCode: number;
  readonly detail: string | null;
}

/** Error code and message, as most flexible answers have them side by side. */
export function readBrokerAnswer(reader: ByteReader): BrokerAnswer {
  return { errorCode: reader.int16(), detail: reader.compactNullableString() };
}
