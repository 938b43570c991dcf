import type { Result } from '../../core/lib/result.ts';
import { failure, ok } from '../../core/lib/result.ts';

/**
 * How one message lies on the socket (numbers big-endian):
 *
 * | bytes | content |
 * |---|---|
 * | 0–3 | length of everything from byte 4 |
 * | 4–7 | length of the header |
 * | 8… | header as JSON, then the body: raw bytes, to the end |
 */
export interface Frame {
  readonly header: unknown;
  readonly body: Buffer;
}

/** The longest message from byte 4 on: the largest record that a topic takes by default, and room for its header. */
export const MOST_FRAME_BYTES = 1_048_576 + 131_072;

const LENGTH_BYTES = 4;
const HEADER_AT = 8;
const NO_BODY = Buffer.alloc(0);

/** Lays out one message; whoever sends sees to it that `fitsFrame`. */
export function frameOf(header: object, body: Uint8Array = NO_BODY): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  const frame = Buffer.allocUnsafe(HEADER_AT + text.length + body.length);
  frame.writeUInt32BE(frame.length - LENGTH_BYTES, 0);
  frame.writeUInt32BE(text.length, LENGTH_BYTES);
  frame.set(text, HEADER_AT);
  frame.set(body, HEADER_AT + text.length);
  return frame;
}

/** Whether the other side will take this message. */
export function fitsFrame(frame: Buffer): boolean {
  return frame.length - LENGTH_BYTES <= MOST_FRAME_BYTES;
}

/**
 * Cuts what comes from a socket into messages. Holds at most one unfinished message; answers a reason, and is of no
 * more use, as soon as a length is out of bounds or a header is not JSON.
 */
export class FrameReader {
  #chunks: Buffer[] = [];
  #held = 0;

  take(chunk: Buffer): Result<readonly Frame[], string> {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    const frames: Frame[] = [];
    while (this.#held >= HEADER_AT) {
      const length = this.#upTo(HEADER_AT).readUInt32BE(0);
      if (length < LENGTH_BYTES || length > MOST_FRAME_BYTES) {
        return failure(`a message of ${length} bytes is not taken`);
      }
      if (this.#held < LENGTH_BYTES + length) break;
      const frame = readFrame(this.#cut(LENGTH_BYTES + length));
      if (!frame.ok) return frame;
      frames.push(frame.value);
    }
    return ok(frames);
  }

  /** The first chunk, made at least so long. */
  #upTo(length: number): Buffer {
    const [first = NO_BODY] = this.#chunks;
    if (first.length >= length) return first;
    const whole = Buffer.concat(this.#chunks);
    this.#chunks = [whole];
    return whole;
  }

  #cut(length: number): Buffer {
    const first = this.#upTo(length);
    this.#chunks[0] = first.subarray(length);
    this.#held -= length;
    return first.subarray(0, length);
  }
}

function readFrame(bytes: Buffer): Result<Frame, string> {
  const headerEnd = HEADER_AT + bytes.readUInt32BE(LENGTH_BYTES);
  if (headerEnd > bytes.length) return failure('a header is longer than its message');
  try {
    const header: unknown = JSON.parse(bytes.toString('utf8', HEADER_AT, headerEnd));
    return ok({ header, body: bytes.subarray(headerEnd) });
  } catch {
    return failure('a header is not JSON');
  }
}
