import { listScramUsers } from '../../adapters/kafka/administration/scram-users.ts';
import type { Command } from '../command/command.ts';
import { failed } from '../command/outcome.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { printRows } from '../output/rows.ts';
import { withCluster } from '../site/with-cluster.ts';

/** Who can log in. */
export const listUsers: Command = {
  name: 'list-users',
  group: 'Users and rights',
  summary: 'List the users whose log-ins Kafka keeps',
  details: ['Users of other kinds (certificates, Kerberos) are kept elsewhere and not listed.'],
  operands: [],
  options: [JSON_LINES, ...SITE_OPTIONS],
  examples: [{ line: 'list-users', does: 'Name and log-ins of each.' }],
  run: (call) =>
    withCluster(call, async (cluster) => {
      const users = await listScramUsers(cluster);
      if (!users.ok) return failed(users.error);
      return printRows(call, users.value, ['USER', 'LOG-INS'], ({ user, credentials }) => [
        user,
        credentials.map(({ mechanism }) => mechanism).join(', '),
      ]);
    }),
};
