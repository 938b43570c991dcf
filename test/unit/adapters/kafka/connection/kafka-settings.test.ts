import { describe, expect, it } from 'vitest';
import {
  formatAddress,
  parseBootstrap,
} from '../../../../../adapters/kafka/connection/kafka-settings.ts';

describe('parseBootstrap', () => {
  it.each([
    ['kafka:9092', [{ host: 'kafka', port: 9092 }]],
    [
      ' a.example:1 , b-2:65535,',
      [
        { host: 'a.example', port: 1 },
        { host: 'b-2', port: 65_535 },
      ],
    ],
    ['[::1]:9092', [{ host: '::1', port: 9092 }]],
  ])('reads %s, and writes it back', (text, addresses) => {
    const parsed = parseBootstrap(text);
    expect(parsed).toEqual({ ok: true, value: addresses });
    const written = addresses.map(formatAddress).join(',');
    expect(parseBootstrap(written)).toEqual(parsed);
  });

  it.each([
    '',
    ' ',
    'kafka',
    'kafka:',
    ':9092',
    'kafka:0',
    'kafka:65536',
    'a b:1',
    'http://kafka:9092',
    '::1:9092',
    'ok:1,kafka',
  ])('refuses “%s” with the form that is wanted', (text) => {
    const parsed = parseBootstrap(text);
    expect(parsed).toMatchObject({ ok: false, error: { isRetriable: false } });
    expect(parsed.ok ? '' : parsed.error.message).toContain('is not of the form host:port');
  });
});
