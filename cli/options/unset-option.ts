import type { OptionSpec } from '../command/command.ts';

export const UNSET: OptionSpec = { name: 'unset', summary: 'Take the record back.' };

/** The same beside the options that say what the record is to hold: one that is taken back holds nothing. */
export function unsetWithout(contents: readonly OptionSpec[]): OptionSpec {
  return { ...UNSET, excludes: contents.map(({ name }) => name) };
}
