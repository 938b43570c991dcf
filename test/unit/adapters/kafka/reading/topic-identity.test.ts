import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  identityRequest,
  readIdentities,
} from '../../../../../adapters/kafka/reading/topic-identity.ts';

describe('topic identity', () => {
  test('asks by name, creates nothing', () => {
    const { body, apiKey, apiVersion } = identityRequest(12, ['ab']);
    expect([apiKey, apiVersion]).toEqual([3, 12]);
    const expected = ['00', '02', '00'.repeat(16), '036162', '00', '00', '00', '00'].join('');
    expect(Buffer.from(body).toString('hex')).toBe(expected);
  });

  test('version 10 has one switch more', () => {
    expect(identityRequest(10, ['ab']).body.length).toBe(
      identityRequest(12, ['ab']).body.length + 1,
    );
  });

  test('reads the id of each topic that exists', () => {
    const partition = `0000${'00000000'.repeat(3)}020000000102000000010100`;
    const answer = Buffer.from(
      [
        '00', // tags of the response's header
        '00000000', // throttle
        `0200000001${'0a6c6f63616c686f73'}7400002384${'00'}${'00'}`, // one broker
        '00', // no cluster id
        '00000001', // controller
        '03', // two topics
        `0000${'036162'}${'11'.repeat(16)}00${'02'}${partition}${'80000000'}00`,
        `0003${'036364'}${'00'.repeat(16)}00${'01'}${'80000000'}00`,
        '00',
      ].join(''),
      'hex',
    );
    expect([...readIdentities(answer)]).toEqual([['ab', '11'.repeat(16)]]);
  });

  test('any bytes are read or refused with a RangeError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        let outcome: unknown = null;
        try {
          readIdentities(bytes);
        } catch (cause) {
          outcome = cause;
        }
        expect(outcome === null || outcome instanceof RangeError).toBe(true);
      }),
    );
  });
});
