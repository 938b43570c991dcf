import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { CommandCall, OperandSpec, OptionSpec, ParsedArguments } from '../command/command.ts';
import { secretOf } from '../site/secure-settings.ts';

/** The user that a command is about. */
export const USER: OperandSpec = { name: 'USER', summary: 'The user’s name.' };

const SCRAM_MECHANISMS = ['scram-sha-256', 'scram-sha-512'] as const;
type ScramMechanism = (typeof SCRAM_MECHANISMS)[number];

/** Which of Kafka's own log-ins. */
export const MECHANISM: OptionSpec = {
  name: 'mechanism',
  value: 'NAME',
  summary: 'Which log-in.',
  choices: SCRAM_MECHANISMS,
};

/** Where the password of another user comes from. */
export const USER_PASSWORD = 'KLAXON_USER_PASSWORD';

/** What every command says that needs a password of somebody. */
export const PASSWORD_NOTE = `The password is taken from the variable ${USER_PASSWORD}, or asked for without showing it; never from an option, which others could read.`;

/** The log-in that was asked for; undefined where nothing was said. */
export function mechanismOf(given: ParsedArguments): ScramMechanism | undefined {
  return SCRAM_MECHANISMS.find((one) => one === given.text(MECHANISM));
}

/** A new password: out of its variable, else typed twice by a person. */
export async function newPasswordOf(
  call: CommandCall,
  user: string,
): Promise<Result<string, string>> {
  const first = await secretOf(call, USER_PASSWORD, `New password of ${user}`);
  if (!first.ok || (call.env[USER_PASSWORD] ?? '') !== '') return first;
  const again = await secretOf(call, USER_PASSWORD, 'The same again');
  if (!again.ok) return again;
  return again.value === first.value
    ? ok(first.value)
    : failure('The two passwords differ; nothing was changed.');
}
