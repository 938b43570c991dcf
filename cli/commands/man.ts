import type { Command } from '../command/command.ts';
import { DONE } from '../command/outcome.ts';
import { programVersion } from '../site/program-version.ts';

/** The manual. */
export const man: Command = {
  name: 'man',
  group: 'This program',
  summary: 'Print the manual page, for man',
  details: [],
  operands: [],
  options: [],
  examples: [{ line: 'man', does: 'Read it with: klaxon man | man -l -' }],
  run: async ({ terminal }) => {
    const [{ manPage }, { everyCommand }] = await Promise.all([
      import('../documents/man-page.ts'),
      import('../command/registry.ts'),
    ]);
    await terminal.write(manPage(await everyCommand(), programVersion()));
    return DONE;
  },
};
