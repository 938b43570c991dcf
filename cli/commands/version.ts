import type { Command } from '../command/command.ts';
import { DONE } from '../command/outcome.ts';
import { programVersion } from '../site/program-version.ts';

/** Which klaxon this is. */
export const version: Command = {
  name: 'version',
  group: 'This program',
  summary: 'Print the version',
  details: [],
  operands: [],
  options: [],
  examples: [{ line: 'version', does: 'The same as klaxon --version.' }],
  run: async ({ terminal }) => {
    await terminal.write(`klaxon ${programVersion()}\n`);
    return DONE;
  },
};
