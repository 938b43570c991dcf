import { grantRole } from '../../adapters/kafka/administration/grant-role.ts';
import { ROLE_MEANINGS, ROLES } from '../../adapters/kafka/administration/roles.ts';
import type { Command } from '../command/command.ts';
import { failed, misused } from '../command/outcome.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { ROLE, ROLE_USER, roleAndUserOf } from '../options/role-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { printAcls } from '../output/acl-rows.ts';
import { withCluster } from '../site/with-cluster.ts';

/** Gives a user the least rights of a role. */
export const grant: Command = {
  name: 'grant',
  group: 'Users and rights',
  summary: 'Give a user the least rights that a role needs, and show them',
  details: [
    `The roles: ${ROLES.map((role) => `${role} (${ROLE_MEANINGS[role]})`).join('; ')}.`,
    'From every host. Granting again changes nothing.',
  ],
  operands: [ROLE],
  options: [ROLE_USER, JSON_LINES, ...SITE_OPTIONS],
  examples: [
    { line: 'grant operator --user alice', does: 'A console that acknowledges and shelves.' },
    { line: 'grant keeper --user klaxon-keeper', does: 'A service’s own user.' },
  ],
  run: async (call) => {
    const asked = roleAndUserOf(call.given);
    if (!asked.ok) return misused(asked.error);
    const { role, user } = asked.value;
    return withCluster(call, async (cluster) => {
      const granted = await grantRole(cluster, role, user);
      return granted.ok ? printAcls(call, granted.value) : failed(granted.error);
    });
  },
};
