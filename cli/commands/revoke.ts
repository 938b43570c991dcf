import { listAcls } from '../../adapters/kafka/administration/acls.ts';
import { revokeRole, rolesBeside } from '../../adapters/kafka/administration/grant-role.ts';
import { ROLES, type Role } from '../../adapters/kafka/administration/roles.ts';
import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';
import type { Command, CommandCall, OptionSpec } from '../command/command.ts';
import { failed, misused, type Outcome } from '../command/outcome.ts';
import { principalOf } from '../options/acl-options.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { ROLE, ROLE_USER, roleAndUserOf } from '../options/role-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { printAcls } from '../output/acl-rows.ts';
import { withCluster } from '../site/with-cluster.ts';

const KEEP: OptionSpec = {
  name: 'keep',
  value: 'ROLE',
  summary:
    'A role that the user goes on having though the revoked one includes it; may be given several times.',
  choices: ROLES,
  isRepeatable: true,
};

/** Takes the rights of a role away. */
export const revoke: Command = {
  name: 'revoke',
  group: 'Users and rights',
  summary: 'Take the rights of a role from a user, and show what is gone',
  details: [
    'Rights stay that another role of the user needs, unless that role is wholly part of the revoked one: --keep viewer makes an operator a viewer. Rules that klaxon grant did not make stay. Done when asking again finds none of them.',
  ],
  operands: [ROLE],
  options: [ROLE_USER, KEEP, JSON_LINES, ...SITE_OPTIONS],
  examples: [
    { line: 'revoke operator --user alice', does: 'All of it.' },
    { line: 'revoke operator --user alice --keep viewer', does: 'She may still look.' },
  ],
  run: async (call) => {
    const asked = roleAndUserOf(call.given);
    if (!asked.ok) return misused(asked.error);
    return withCluster(call, (cluster) => revokeFrom(call, cluster, asked.value));
  },
};

interface RoleOfUser {
  readonly role: Role;
  readonly user: string;
}

async function revokeFrom(
  call: CommandCall,
  cluster: Cluster,
  { role, user }: RoleOfUser,
): Promise<Outcome> {
  const held = await listAcls(cluster, { principal: principalOf(user) });
  if (!held.ok) return failed(held.error);
  const named = ROLES.filter((one) => call.given.texts(KEEP).includes(one));
  const kept = new Set([...named, ...rolesBeside(held.value, role, user)]);
  const removed = await revokeRole(cluster, role, user, [...kept]);
  if (!removed.ok) return failed(removed.error);
  if (removed.value.length === 0) call.terminal.tell(`${user} had no right of ${role} alone.`);
  if (kept.size > 0) call.terminal.tell(`Kept what is needed as: ${[...kept].join(', ')}.`);
  return printAcls(call, removed.value);
}
