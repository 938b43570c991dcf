import { describe, expect, it } from 'vitest';
import { pythonString, pythonText } from '../../../../cli/output/python-text.ts';

describe('values as Python prints them', () => {
  it.each([
    [null, 'None'],
    [true, 'True'],
    [{ msg: {} }, "{'msg': {}}"],
    [{ a: 1, b: [false, 'x'] }, "{'a': 1, 'b': [False, 'x']}"],
    [9_007_199_254_740_993n, '9007199254740993'],
  ])('%#', (value, text) => {
    expect(pythonText(value)).toBe(text);
  });

  it.each([
    ['plain', "'plain'"],
    ["it's", '"it\'s"'],
    [`it's "so"`, `'it\\'s "so"'`],
    ['a\\b', "'a\\\\b'"],
    ['line\nbreak\t', "'line\\nbreak\\t'"],
    ['\u001b[31m', "'\\x1b[31m'"],
    ['Ψ温🔥', "'Ψ温🔥'"],
    ['\u00a0\u2028', "'\\xa0\\u2028'"],
  ])('the text %j', (text, printed) => {
    expect(pythonString(text)).toBe(printed);
  });
});
