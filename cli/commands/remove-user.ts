import { removeScramUser } from '../../adapters/kafka/administration/scram-users.ts';
import type { Command } from '../command/command.ts';
import { misused } from '../command/outcome.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { USER } from '../options/user-options.ts';
import { whyNot, YES } from '../options/yes-option.ts';
import { saying } from '../output/say-done.ts';
import { withCluster } from '../site/with-cluster.ts';

/** Takes a user's log-ins away. */
export const removeUser: Command = {
  name: 'remove-user',
  group: 'Users and rights',
  summary: 'Remove a user; asks first',
  details: [
    'Done when asking again finds no such user. Connections that stand go on; rights stay, and would be those of a new user of this name: klaxon remove-acl --user NAME takes them away.',
  ],
  operands: [USER],
  options: [YES, ...SITE_OPTIONS],
  examples: [{ line: 'remove-user --yes alice', does: 'Without a question.' }],
  run: async (call) => {
    const [user = ''] = call.given.operands;
    const refusal = await whyNot(call, `Remove user ${user}?`, 'Nobody was removed.');
    if (refusal !== null) return misused(refusal);
    return withCluster(call, async (cluster) =>
      saying(call, await removeScramUser(cluster, user), `user ${user} removed`),
    );
  },
};
