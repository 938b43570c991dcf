import type { OptionSpec } from '../command/command.ts';

export const UNSET: OptionSpec = { name: 'unset', summary: 'Take the record back.' };
