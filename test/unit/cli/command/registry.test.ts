import { describe, expect, it } from 'vitest';
import { COMMAND_GROUPS } from '../../../../cli/command/command.ts';
import { commandHelp, programHelp } from '../../../../cli/command/help-text.ts';
import { parseArguments } from '../../../../cli/command/parse-arguments.ts';
import { COMMAND_NAMES, everyCommand, loadCommand } from '../../../../cli/command/registry.ts';
import { wordsOf } from '../../../support/command-words.ts';

const commands = await everyCommand();

describe('the registry of commands', () => {
  it('holds each command under its own name, and no other', async () => {
    expect(commands.map(({ name }) => name)).toEqual(COMMAND_NAMES);
    expect(await loadCommand('toString')).toBeUndefined();
  });

  it('knows a command by the name of the seeds’ script too', async () => {
    expect(await loadCommand('show-consumer-groups')).toBe(await loadCommand('list-groups'));
  });

  it.each(commands)('$name explains itself in one line and lists each option once', (command) => {
    expect(command.summary).toMatch(/^[A-Z].*[^.]$/);
    expect(COMMAND_GROUPS).toContain(command.group);
    const names = command.options.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { summary } of command.options) expect(summary).toMatch(/\.$/);
  });

  it.each(commands)('$name has examples that its own parser takes', (command) => {
    expect(command.examples.length).toBeGreaterThan(0);
    for (const { line } of command.examples) {
      const [name, ...words] = wordsOf(line);
      expect(name).toBe(command.name);
      expect(parseArguments(command, words, {})).toMatchObject({ ok: true });
    }
  });

  it.each(commands)(
    '$name has help that names its options, within the width of a page',
    (command) => {
      const help = commandHelp(command);
      for (const { name } of command.options) expect(help).toContain(`--${name}`);
      const prose = help.split('\n').filter((line) => !line.includes('klaxon '));
      expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(100);
    },
  );

  it('is all in the help of the program', () => {
    const help = programHelp(commands);
    for (const name of COMMAND_NAMES) expect(help).toContain(`\n  ${name} `);
  });
});
