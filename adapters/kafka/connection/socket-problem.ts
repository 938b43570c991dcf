/** What the first byte or the end of a connection tells about the other side, before a word of Kafka was spoken. */
export type SocketFault =
  | 'WebServer'
  | 'TlsExpected'
  | 'NotKafka'
  | 'ClosedEarly'
  | 'Silent'
  | 'Closed';

/** A connection that we ended, or that ended, for a reason that we know better than the system's error. */
export class SocketFaultError extends Error {
  override readonly name = 'SocketFaultError';
  readonly fault: SocketFault;

  constructor(fault: SocketFault) {
    super(fault);
    this.fault = fault;
  }
}

const TLS_ALERT = 0x15;
const TLS_HANDSHAKE = 0x16;
const LETTER_H = 0x48;
const LESS_THAN = 0x3c;

/**
 * Judges the first byte that a server sends. A broker's first answer is shorter than 16 MiB, so its length begins with
 * zero; a web server's begins with `HTTP` or a tag, TLS with the type of its record. Answers null for a broker.
 */
export function faultOfFirstByte(byte: number): SocketFault | null {
  if (byte === 0) return null;
  if (byte === TLS_ALERT || byte === TLS_HANDSHAKE) return 'TlsExpected';
  if (byte === LETTER_H || byte === LESS_THAN) return 'WebServer';
  return 'NotKafka';
}
