import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../../../cli/command/registry.ts';
import { SHELLS } from '../../../cli/documents/shells.ts';
import { hasShell, offersOf } from '../../support/shell-completion.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await createTemporaryFolder('completions');
});

afterAll(() => folder.remove());

const OFFERED: readonly (readonly [string, readonly string[]])[] = [
  ['klaxon list-a', ['list-acls', 'list-active', 'list-alarms']],
  ['klaxon list-active --mon', ['--monitor']],
  ['klaxon list-active --json --fol', ['--follow']],
  ['klaxon set-active-alarming-epics --sevr M', ['MAJOR', 'MINOR']],
  ['klaxon list-active --sasl-mechanism scram-sha-', ['scram-sha-256', 'scram-sha-512']],
  ['klaxon completions z', ['zsh']],
  ['klaxon grant op', ['operator']],
  ['klaxon serve s', ['shelf']],
  ['klaxon help list-m', ['list-monitored']],
  ['klaxon import --file klax', ['klaxon-words']],
];

describe.each(SHELLS)('Tab in %s', (shell) => {
  it('offers commands, options, choices and files', async ({ skip }) => {
    if (!hasShell(shell)) {
      if (process.env['CI'] === 'true') throw new Error(`there is no ${shell}`);
      skip(`there is no ${shell} here`);
    }
    const lines = ['klaxon ', ...OFFERED.map(([line]) => line)];
    const offers = await offersOf(shell, folder.path, lines);
    expect(offers.get('klaxon ')).toEqual([...COMMAND_NAMES, 'help'].sort());
    const told = OFFERED.map(([line]) => [line, offers.get(line)]);
    expect(told).toEqual(OFFERED);
  });
});
