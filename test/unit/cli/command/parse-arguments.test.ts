import { describe, expect, it } from 'vitest';
import type { OptionSpec } from '../../../../cli/command/command.ts';
import { parseArguments } from '../../../../cli/command/parse-arguments.ts';

const FLAG: OptionSpec = { name: 'unset', summary: 'A flag.', env: 'UNSET' };
const TEXT: OptionSpec = { name: 'reason', value: 'TEXT', summary: 'A text.' };
const CHOICE: OptionSpec = {
  name: 'sevr',
  value: 'SEVERITY',
  summary: 'A choice.',
  choices: ['MINOR', 'MAJOR'],
  env: 'SEVR',
};
const MANY: OptionSpec = { name: 'category', value: 'NAME', summary: 'Many.', isRepeatable: true };
const TABLE = {
  options: [FLAG, TEXT, CHOICE, MANY],
  operands: [{ name: 'NAME', summary: 'A name.' }],
};

function parse(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return parseArguments(TABLE, words, env);
}

describe('parseArguments', () => {
  it('reads flags, values in both forms, repeated values and operands', () => {
    const words = [
      '--unset',
      '--reason',
      'a b',
      '--sevr=MAJOR',
      '--category=1',
      '--category',
      '2',
      'x',
    ];
    const parsed = parse(words);
    if (!parsed.ok) throw new Error(parsed.error);
    const given = parsed.value;
    expect(given.has(FLAG)).toBe(true);
    expect(given.text(TEXT)).toBe('a b');
    expect(given.text(CHOICE)).toBe('MAJOR');
    expect(given.texts(MANY)).toEqual(['1', '2']);
    expect(given.operands).toEqual(['x']);
  });

  it('takes what follows -- as an operand, and a value that begins with one dash', () => {
    expect(parse(['--', '--unset'])).toMatchObject({ ok: true, value: { operands: ['--unset'] } });
    const parsed = parse(['--reason', '-1', 'x']);
    expect(parsed.ok && parsed.value.text(TEXT)).toBe('-1');
  });

  it('takes the variable where the option is absent; an empty one counts as none', () => {
    const parsed = parse(['x'], { SEVR: 'MINOR' });
    expect(parsed.ok && parsed.value.text(CHOICE)).toBe('MINOR');
    const given = parse(['--sevr', 'MAJOR', 'x'], { SEVR: 'MINOR' });
    expect(given.ok && given.value.text(CHOICE)).toBe('MAJOR');
    const empty = parse(['x'], { SEVR: ' ' });
    expect(empty.ok && empty.value.text(CHOICE)).toBeUndefined();
  });

  it('takes a flag by its variable, which is true or false and nothing else', () => {
    const has = (env: Readonly<Record<string, string>>, ...words: string[]) => {
      const parsed = parse([...words, 'x'], env);
      return parsed.ok ? parsed.value.has(FLAG) : parsed.error;
    };
    expect(has({ UNSET: 'true' })).toBe(true);
    expect(has({ UNSET: 'false' })).toBe(false);
    expect(has({ UNSET: 'false' }, '--unset')).toBe(true);
    expect(has({ UNSET: '1' })).toContain('The variable UNSET cannot be "1"; choose one of: true');
  });

  it('takes a choice in any case of letters where there is no other', () => {
    const caseless: OptionSpec = { ...CHOICE, choices: ['minor'], isCaseless: true };
    const table = { options: [caseless], operands: [] };
    const parsed = parseArguments(table, ['--sevr', 'MINOR'], {});
    expect(parsed.ok && parsed.value.text(caseless)).toBe('MINOR');
    expect(parseArguments(table, ['--sevr', 'MAJOR'], {}).ok).toBe(false);
  });

  it.each([
    [['--reson', 'x', 'y'], 'There is no option --reson. Did you mean --reason?'],
    [['--nothing-like-it', 'y'], 'There is no option --nothing-like-it.'],
    [['-x', 'y'], 'There is no option -x.'],
    [['y', '--reason'], '--reason needs a value: --reason TEXT.'],
    [['--reason', '--unset', 'y'], '--reason needs a value: --reason TEXT.'],
    [['--unset=yes', 'y'], '--unset takes no value.'],
    [['--sevr', 'BAD', 'y'], '--sevr cannot be "BAD"; choose one of: MINOR, MAJOR.'],
    [['--reason', 'a', '--reason', 'b', 'y'], '--reason is given more than once.'],
    [[], 'NAME is missing.'],
    [['a', 'b'], '"b" is one word too many.'],
  ])('refuses %j', (words, sentence) => {
    expect(parse(words)).toEqual({ ok: false, error: sentence });
  });

  it('names the variable that holds a wrong choice', () => {
    expect(parse(['x'], { SEVR: 'BAD' })).toEqual({
      ok: false,
      error: 'The variable SEVR cannot be "BAD"; choose one of: MINOR, MAJOR.',
    });
  });

  it('asks nothing more of a line that asks for help', () => {
    expect(parse(['--help'])).toMatchObject({ ok: true });
    expect(parse(['-h'])).toMatchObject({ ok: true });
  });
});

describe('parseArguments of a command that passes words on', () => {
  const table = {
    ...TABLE,
    operands: [{ name: 'SERVICE', summary: 'A service.' }],
    passesOn: true,
  } as const;

  it('leaves everything after the first operand as it was typed', () => {
    const words = ['--unset', 'shelf', '--help', '--unknown=1', 'x'];
    const parsed = parseArguments(table, words, {});
    if (!parsed.ok) throw new Error(parsed.error);
    expect(parsed.value.has(FLAG)).toBe(true);
    expect(parsed.value.operands).toEqual(['shelf']);
    expect(parsed.value.passedOn).toEqual(['--help', '--unknown=1', 'x']);
  });

  it('misses the operand where there is none', () => {
    expect(parseArguments(table, ['--unset'], {})).toEqual({
      ok: false,
      error: 'SERVICE is missing.',
    });
  });
});
