import type { ApiRange, WireRequest } from '../connection/cluster.ts';

/**
 * The versions of Metadata that name each topic's own id (Kafka 2.8 and later). They are the only way to
 * know a topic from one that was made anew under its name and has grown past our position.
 */
export const IDENTITY_API: ApiRange = { apiKey: 3, apiName: 'Metadata', min: 10, max: 12 };

/** Asks for the ids of topics; never creates one. */
export function identityRequest(version: number, topics: readonly string[]): WireRequest {
  const parts: Uint8Array[] = [new Uint8Array([0]), compactLength(topics.length)];
  for (const topic of topics) {
    const name = Buffer.from(topic);
    parts.push(new Uint8Array(16), compactLength(name.length), name, new Uint8Array([0]));
  }
  // No automatic creation; version 10 has two more switches, both off; no tagged fields.
  parts.push(new Uint8Array(version === 10 ? [0, 0, 0, 0] : [0, 0, 0]));
  const { apiKey, apiName } = IDENTITY_API;
  return { apiKey, apiName, apiVersion: version, body: Buffer.concat(parts) };
}

/** The id of each topic that exists, as text. Throws a `RangeError` where the answer is cut short. */
export function readIdentities(body: Uint8Array): ReadonlyMap<string, string> {
  const reader = new CompactReader(Buffer.from(body.buffer, body.byteOffset, body.length));
  reader.skipTags();
  reader.skip(4);
  reader.array(() => {
    reader.skip(4);
    reader.text();
    reader.skip(4);
    reader.text();
    reader.skipTags();
  });
  reader.text();
  reader.skip(4);
  const identities = new Map<string, string>();
  reader.array(() => {
    const errorCode = reader.int16();
    const name = reader.text();
    const id = reader.hex(16);
    reader.skip(1);
    reader.array(() => skipPartition(reader));
    reader.skip(4);
    reader.skipTags();
    if (errorCode === 0) {
      identities.set(name, id);
    }
  });
  return identities;
}

function skipPartition(reader: CompactReader): void {
  reader.skip(2 + 4 + 4 + 4);
  for (let list = 0; list < 3; list += 1) {
    reader.array(() => reader.skip(4));
  }
  reader.skipTags();
}

/** A length as the newer messages write it: one more than it is, seven bits a byte. */
function compactLength(length: number): Uint8Array {
  const bytes: number[] = [];
  let rest = length + 1;
  while (rest >= 128) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return new Uint8Array([...bytes, rest]);
}

class CompactReader {
  #at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  skip(count: number): number {
    const at = this.#at;
    this.#at += count;
    if (this.#at > this.#bytes.length) {
      throw new RangeError('the answer ends before it should');
    }
    return at;
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.skip(2));
  }

  hex(count: number): string {
    const at = this.skip(count);
    return this.#bytes.toString('hex', at, at + count);
  }

  /** An absent text counts as empty. */
  text(): string {
    const length = Math.max(0, this.#unsigned() - 1);
    const at = this.skip(length);
    return this.#bytes.toString('utf8', at, at + length);
  }

  array(read: () => void): void {
    const count = this.#unsigned() - 1;
    for (let index = 0; index < count; index += 1) {
      read();
    }
  }

  skipTags(): void {
    const count = this.#unsigned();
    for (let index = 0; index < count; index += 1) {
      this.#unsigned();
      this.skip(this.#unsigned());
    }
  }

  #unsigned(): number {
    let value = 0;
    for (let scale = 1; scale <= 128 ** 4; scale *= 128) {
      const byte = this.#bytes.readUInt8(this.skip(1));
      value += (byte & 127) * scale;
      if (byte < 128) {
        break;
      }
    }
    return value;
  }
}
