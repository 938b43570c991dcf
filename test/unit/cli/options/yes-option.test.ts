import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../../cli/command/parse-arguments.ts';
import { whyNot, YES } from '../../../../cli/options/yes-option.ts';
import { aCommandCall } from '../../../builders/a-command-call.ts';

function ask(words: readonly string[], ...answers: readonly string[]) {
  const given = parseArguments({ options: [YES], operands: [] }, words, {});
  if (!given.ok) throw new Error(given.error);
  return whyNot(aCommandCall({ given: given.value, answers }), 'Remove it?', 'Nothing happened.');
}

describe('a question before something is taken away', () => {
  it('is answered by yes alone, or by --yes', async () => {
    expect(await ask([], 'yes')).toBeNull();
    expect(await ask(['--yes'])).toBeNull();
    expect(await ask([], 'y')).toBe('Nothing happened.');
    expect(await ask([])).toBe('Nobody can be asked here: say --yes.');
  });
});
