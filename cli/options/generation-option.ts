import type { OptionSpec, ParsedArguments } from '../command/command.ts';

/** The systems whose commands or topics have the same names. */
export const SYSTEMS = ['seed0', 'seed1'] as const;
export type System = (typeof SYSTEMS)[number];

export const GENERATION: OptionSpec = {
  name: 'generation',
  value: 'SYSTEM',
  summary:
    'Whose topics and schemas: seed0 (kafka-alarm-system, which we speak), or seed1 (kafka-alarm-scripts).',
  choices: SYSTEMS,
  fallback: 'seed0',
};

/** The system that was asked for. */
export function systemOf(given: ParsedArguments): System {
  return given.text(GENERATION) === 'seed1' ? 'seed1' : 'seed0';
}
