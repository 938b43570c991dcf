import { createSystemClock } from '../../adapters/system/system-clock.ts';
import type { CommandCall, ParsedArguments } from '../../cli/command/command.ts';
import { parseArguments } from '../../cli/command/parse-arguments.ts';
import { createFakeTerminal } from '../fakes/fake-terminal.ts';

/** A command as it is called without a word; override what the test is about. */
export function aCommandCall(more: {
  readonly given?: ParsedArguments;
  readonly answers?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}): CommandCall {
  const none = parseArguments({ options: [], operands: [] }, [], {});
  if (!none.ok) throw new Error(none.error);
  const { given = none.value, answers = [], env = {} } = more;
  return {
    given,
    env,
    terminal: createFakeTerminal({ answers }),
    clock: createSystemClock(),
    identity: () => ({ user: 'u', producer: 'klaxon-cli', host: 'h' }),
  };
}
