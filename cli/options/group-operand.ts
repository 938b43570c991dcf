import type { OperandSpec } from '../command/command.ts';

/** The consumer group that a command is about. */
export const GROUP: OperandSpec = { name: 'GROUP', summary: 'The consumer group.' };
