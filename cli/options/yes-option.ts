import type { CommandCall, OptionSpec } from '../command/command.ts';

/** Of commands that ask before they take something away. */
export const YES: OptionSpec = { name: 'yes', summary: 'Do not ask.' };

/** Of commands that only show what they would do, unless they are told to do it. */
export const YES_DO_IT: OptionSpec = {
  name: 'yes',
  summary: 'Do it; without, only what would be done is shown.',
};

/** What a command says that has done nothing yet. */
export const NOTHING_DONE = 'Nothing was changed; give --yes to do it.';

/** Asks a person, unless --yes is given; answers why nothing may be done, or null. */
export async function whyNot(
  { given, terminal }: CommandCall,
  question: string,
  untouched: string,
): Promise<string | null> {
  if (given.has(YES)) return null;
  const answer = await terminal.ask(`${question} Type yes: `);
  if (answer === null) return 'Nobody can be asked here: say --yes.';
  return answer.trim() === 'yes' ? null : untouched;
}
