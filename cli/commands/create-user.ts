import { createScramUser } from '../../adapters/kafka/administration/scram-users.ts';
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

/** Makes a user whose log-in Kafka keeps. */
export const createUser: Command = {
  name: 'create-user',
  group: 'Users and rights',
  summary: 'Create a user who can log in to the brokers (SCRAM)',
  details: [
    `${PASSWORD_NOTE} It is salted and hashed before it leaves.`,
    'A new user may do nothing yet: klaxon grant gives the rights of a role.',
  ],
  operands: [USER],
  options: [{ ...MECHANISM, fallback: 'scram-sha-512' }, ...SITE_OPTIONS],
  examples: [{ line: 'create-user alice', does: 'Asks for the password.' }],
  run: async (call) => {
    const [user = ''] = call.given.operands;
    const password = await newPasswordOf(call, user);
    if (!password.ok) return misused(password.error);
    const mechanism = mechanismOf(call.given) ?? 'scram-sha-512';
    return withCluster(call, async (cluster) =>
      saying(
        call,
        await createScramUser(cluster, { user, password: password.value, mechanism }),
        `user ${user} created`,
      ),
    );
  },
};
