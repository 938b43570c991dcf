import { describe, expect, it } from 'vitest';
import { registrationLines } from '../../../../cli/options/alarm-definitions.ts';

describe('ALARM_DEFINITIONS', () => {
  it('becomes lines of NAME=JSON', () => {
    expect(registrationLines('a|pv|INJ|RF|d|e, b|q|NL|RF|d|e')).toEqual({
      ok: true,
      value: [
        'a={"producer":{"DirectCAAlarm":{"pv":"pv"}},"location":"INJ","category":"RF","docurl":"d","edmpath":"e"}',
        'b={"producer":{"DirectCAAlarm":{"pv":"q"}},"location":"NL","category":"RF","docurl":"d","edmpath":"e"}',
      ].join('\n'),
    });
  });

  it.each(['', ' , ', 'a|b', 'a|b|c|d|e|f|g'])('refuses %j', (text) => {
    expect(registrationLines(text).ok).toBe(false);
  });
});
