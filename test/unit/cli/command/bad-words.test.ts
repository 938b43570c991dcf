import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../../adapters/system/system-clock.ts';
import type { Command, OperandSpec, OptionSpec } from '../../../../cli/command/command.ts';
import { everyCommand } from '../../../../cli/command/registry.ts';
import { run } from '../../../../cli/run.ts';
import { createFakeTerminal } from '../../../fakes/fake-terminal.ts';

const commands = await everyCommand();

/** Runs the command with words before its operands, which are right; answers what it says where it refuses. */
async function refusal(command: Command, before: readonly string[], operands = right(command)) {
  const terminal = createFakeTerminal();
  const code = await run([command.name, ...before, ...operands], {
    terminal,
    env: {},
    clock: createSystemClock(),
    identity: () => ({ user: 'u', producer: 'klaxon-cli', host: 'h' }),
  });
  expect(code).toBe(2);
  expect(terminal.written()).toBe('');
  expect(terminal.told()).toHaveLength(1);
  expect(terminal.told()[0]).toContain(`See: klaxon ${command.name} --help`);
  return terminal.told().join('\n');
}

function right({ operands }: Command): readonly string[] {
  return operands
    .filter(({ isOptional }) => isOptional !== true)
    .map(({ choices = ['x'] }) => choices[0] ?? 'x');
}

/** Each option once, with the first command that has it: what many share is one object. */
const owners = new Map(
  commands
    .toReversed()
    .flatMap((command) => command.options.map((option) => [option, command] as const)),
);
const owned = [...owners].map(([option, command]) => ({
  command,
  option,
  words: `${command.name} --${option.name}`,
}));
const valued = owned.filter(({ option }) => option.value !== undefined);
const flags = owned.filter(({ option }) => option.value === undefined);

describe('every command', () => {
  it.each(commands)('$name refuses an option that there is not, and names it', async (command) => {
    expect(await refusal(command, ['--no-such-thing'])).toContain(
      'There is no option --no-such-thing.',
    );
    expect(await refusal(command, ['-q'])).toContain('There is no option -q.');
  });

  it.each(commands)('$name says which option was probably meant', async (command) => {
    for (const { name } of command.options.filter((option) => option.name.length > 4)) {
      expect(await refusal(command, [`--${name}z`])).toContain(`Did you mean --${name}?`);
    }
  });

  it.each(commands)(
    '$name refuses a word too few, an empty one, and one too many',
    async (command) => {
      const [first] = command.operands;
      const words = right(command);
      if (first !== undefined && first.isOptional !== true) {
        expect(await refusal(command, [], [])).toContain(`${first.name} is missing`);
        expect(await refusal(command, ['--', ''], words.slice(1))).toContain(
          `${first.name} is empty`,
        );
      }
      if (command.passesOn === true || command.operands.some(isRepeatable)) return;
      const full = command.operands.map(({ choices = ['x'] }) => choices[0] ?? 'x');
      expect(await refusal(command, [], [...full, 'more'])).toContain(
        '"more" is one word too many',
      );
    },
  );
});

describe('every option with a value', () => {
  it.each(valued)('$words refuses to be without', async ({ command, option }) => {
    const sentence = `--${option.name} needs a value: --${option.name} ${option.value}.`;
    expect(await refusal(command, [], [...right(command), `--${option.name}`])).toBe(
      `klaxon: ${sentence} See: klaxon ${command.name} --help`,
    );
    expect(await refusal(command, [`--${option.name}`, '--help'])).toContain(sentence);
  });

  it.each(valued)(
    '$words refuses an empty one, and one word of many that are none',
    async (one) => {
      const { command, option } = one;
      const name = `--${option.name}`;
      if (option.mayBeEmpty !== true) {
        for (const empty of ['', ' ', '\n']) {
          expect(await refusal(command, [`${name}=${empty}`])).toContain(
            `${name} is empty: ${name}`,
          );
        }
      }
      if (option.choices === undefined) return;
      const told = await refusal(command, [name, 'none-of-them']);
      expect(told).toContain(`${name} cannot be "none-of-them"; choose one of: `);
      for (const choice of option.choices) expect(told).toContain(choice);
    },
  );

  it.each(valued.filter(({ option }) => option.isRepeatable !== true))(
    '$words refuses to come twice',
    async ({ command, option }) => {
      const word = `--${option.name}=${anyValue(option)}`;
      expect(await refusal(command, [word, word])).toContain(
        `--${option.name} is given more than once.`,
      );
    },
  );
});

describe('every flag', () => {
  it.each(flags)('$words refuses a value', async ({ command, option }) => {
    expect(await refusal(command, [`--${option.name}=yes`])).toContain(
      `--${option.name} takes no value.`,
    );
  });
});

function isRepeatable(operand: OperandSpec): boolean {
  return operand.isRepeatable === true;
}

function anyValue({ choices = ['x'] }: OptionSpec): string {
  return choices[0] ?? 'x';
}
