import { changeScramPassword } from '../../adapters/kafka/administration/scram-users.ts';
import type { Command } from '../command/command.ts';
import { misused } from '../command/outcome.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import {
  MECHANISM,
  mechanismOf,
  newPasswordOf,
  PASSWORD_NOTE,
  USER,
} from '../options/user-options.ts';
import { saying } from '../output/say-done.ts';
import { withCluster } from '../site/with-cluster.ts';

/** Gives a user another password. */
export const setUserPassword: Command = {
  name: 'set-user-password',
  group: 'Users and rights',
  summary: 'Give a user another password',
  details: [PASSWORD_NOTE, 'Connections that stand go on; the old password opens no new one.'],
  operands: [USER],
  options: [{ ...MECHANISM, fallback: 'every log-in that the user has' }, ...SITE_OPTIONS],
  examples: [{ line: 'set-user-password alice', does: 'Asks for the new one.' }],
  run: async (call) => {
    const [user = ''] = call.given.operands;
    const password = await newPasswordOf(call, user);
    if (!password.ok) return misused(password.error);
    const mechanism = mechanismOf(call.given);
    const login = { user, password: password.value };
    return withCluster(call, async (cluster) =>
      saying(
        call,
        await changeScramPassword(
          cluster,
          mechanism === undefined ? login : { ...login, mechanism },
        ),
        `password of user ${user} changed`,
      ),
    );
  },
};
