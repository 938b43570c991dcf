import { ROLES, type Role } from '../../adapters/kafka/administration/roles.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { OperandSpec, OptionSpec, ParsedArguments } from '../command/command.ts';

/** Who works with the alarm system. */
export const ROLE: OperandSpec = {
  name: 'ROLE',
  summary: 'What the user does with the alarm system (docs/administration.md).',
  choices: ROLES,
};

/** The user of a role. */
export const ROLE_USER: OptionSpec = {
  name: 'user',
  value: 'NAME',
  summary: 'The user; needed.',
};

/** The role and the user that were named. */
export function roleAndUserOf(
  given: ParsedArguments,
): Result<{ readonly role: Role; readonly user: string }, string> {
  const role = ROLES.find((one) => one === given.operands[0]);
  if (role === undefined) return failure(`Choose a role: ${ROLES.join(', ')}.`);
  const user = given.text(ROLE_USER);
  if (user === undefined || user === '') return failure('--user is missing.');
  return user.includes(':') || user === '*'
    ? failure('A role is of one user; for others there is klaxon add-acl.')
    : ok({ role, user });
}
