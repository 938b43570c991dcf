import type { Command } from '../command/command.ts';
import { DONE, misused } from '../command/outcome.ts';
import { SHELLS } from '../documents/shells.ts';

/** What makes Tab work in a shell. */
export const completions: Command = {
  name: 'completions',
  group: 'This program',
  summary: 'Print what makes Tab complete klaxon in a shell',
  details: [],
  operands: [{ name: 'SHELL', summary: 'The shell.', choices: SHELLS }],
  options: [],
  examples: [{ line: 'completions bash', does: 'Source it in ~/.bashrc.' }],
  run: async ({ given, terminal }) => {
    const shell = SHELLS.find((one) => one === given.operands[0]);
    if (shell === undefined) return misused(`Choose a shell: ${SHELLS.join(', ')}.`);
    const [{ completionScript }, { everyCommand }] = await Promise.all([
      import('../documents/completions.ts'),
      import('../command/registry.ts'),
    ]);
    await terminal.write(completionScript(shell, await everyCommand()));
    return DONE;
  },
};
