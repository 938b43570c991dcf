import { describe, expect, it } from 'vitest';
import { isGuidanceAddress } from '../../../../main/window/restrain-page.ts';

describe('isGuidanceAddress', () => {
  it.each([
    ['https://docs.example.org/alarms/a.html', 'https://docs.example.org/alarms/'],
    ['http://docs.example.org/a', 'http://docs.example.org'],
  ])('takes %s below %s', (address, base) => {
    expect(isGuidanceAddress(address, base)).toBe(true);
  });

  it.each([
    ['another site', 'https://elsewhere.example.org/', 'https://docs.example.org/'],
    ['another path', 'https://docs.example.org/x', 'https://docs.example.org/alarms/'],
    ['a host that begins alike', 'https://docs.example.org.evil/', 'https://docs.example.org'],
    ['a file', 'file:///etc/passwd', 'file:///etc/'],
    ['a script', 'javascript:alert(1)', 'https://docs.example.org/'],
    ['no base', 'https://docs.example.org/', ''],
    ['no address', 'nonsense', 'https://docs.example.org/'],
  ])('refuses %s', (_, address, base) => {
    expect(isGuidanceAddress(address, base)).toBe(false);
  });
});
