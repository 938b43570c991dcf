/** What does not hold in a record batch: the log's bytes, not the alarm's. */
export interface BatchFault {
  readonly code: BatchFaultCode;
  /** One clause for an operator, without the place. */
  readonly message: string;
}

export type BatchFaultCode =
  | 'Frame' // length, base offset or count out of range
  | 'OldFormat' // a message set of before Kafka 0.11
  | 'Checksum'
  | 'UnknownCodec'
  | 'Inflation' // the compressed body does not decompress
  | 'Record'; // a record inside does not keep to its lengths
