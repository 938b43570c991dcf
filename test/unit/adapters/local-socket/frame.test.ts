import { describe, expect, it } from 'vitest';
import {
  FrameReader,
  fitsFrame,
  frameOf,
  MOST_FRAME_BYTES,
} from '../../../../adapters/local-socket/frame.ts';

describe('messages on the socket', () => {
  it('come back whole, however the stream is cut', () => {
    const sent = Buffer.concat([
      frameOf({ say: 'a' }, Buffer.from([0, 255])),
      frameOf({ say: 'ä' }),
    ]);
    for (let size = 1; size <= sent.length; size += 1) {
      const reader = new FrameReader();
      const heard: unknown[] = [];
      for (let at = 0; at < sent.length; at += size) {
        const frames = reader.take(sent.subarray(at, at + size));
        if (!frames.ok) throw new Error(frames.error);
        heard.push(...frames.value.map(({ header, body }) => [header, [...body]]));
      }
      expect(heard).toEqual([
        [{ say: 'a' }, [0, 255]],
        [{ say: 'ä' }, []],
      ]);
    }
  });

  it.each([
    ['garbage', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a length beyond the bound', lengths(MOST_FRAME_BYTES + 1, 2)],
    ['a length that holds no header', lengths(3, 0)],
    ['a header longer than its message', Buffer.concat([lengths(6, 9), Buffer.from('{}')])],
    ['a header that is not JSON', Buffer.concat([lengths(6, 2), Buffer.from('{{')])],
  ])('refuses %s', (_what, bytes) => {
    expect(new FrameReader().take(bytes)).toMatchObject({ ok: false });
  });

  it('know whether they are too long', () => {
    expect(fitsFrame(frameOf({}, Buffer.alloc(MOST_FRAME_BYTES - 6)))).toBe(true);
    expect(fitsFrame(frameOf({}, Buffer.alloc(MOST_FRAME_BYTES - 5)))).toBe(false);
  });
});

function lengths(whole: number, header: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(whole, 0);
  bytes.writeUInt32BE(header, 4);
  return bytes;
}
