import { listAcls, removeAcls } from '../../adapters/kafka/administration/acls.ts';
import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';
import type { AclFilter } from '../../adapters/kafka/protocol/acl-words.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { DONE, failed, misused, type Outcome } from '../command/outcome.ts';
import { ACL_OPTIONS, aclFiltersOf } from '../options/acl-options.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { whyNot, YES } from '../options/yes-option.ts';
import { aclCells, printAcls } from '../output/acl-rows.ts';
import { withCluster } from '../site/with-cluster.ts';

/** Takes rules away, and proves it. */
export const removeAcl: Command = {
  name: 'remove-acl',
  group: 'Users and rights',
  summary: 'Remove the rules that fit; shows them, and asks',
  details: [
    'What is not given may be anything, but a user or a name must be. Done when asking again finds none of them. Prints what is gone.',
  ],
  operands: [],
  options: [...ACL_OPTIONS, YES, JSON_LINES, ...SITE_OPTIONS],
  examples: [
    { line: 'remove-acl --user alice', does: 'Everything that is said of one user.' },
    {
      line: 'remove-acl --yes --user alice --topic active-alarms --operation Write',
      does: 'One rule, without a question.',
    },
  ],
  run: async (call) => {
    const filters = aclFiltersOf(call.given, 'literal');
    if (!filters.ok) return misused(filters.error);
    const { principal, name } = filters.value[0] ?? {};
    if (principal === undefined && name === undefined) {
      return misused('Name a user, a topic, a group or the cluster.');
    }
    return withCluster(call, (cluster) => removeAfterQuestion(call, cluster, filters.value));
  },
};

async function removeAfterQuestion(
  call: CommandCall,
  cluster: Cluster,
  filters: readonly AclFilter[],
): Promise<Outcome> {
  let count = 0;
  for (const filter of filters) {
    const found = await listAcls(cluster, filter);
    if (!found.ok) return failed(found.error);
    for (const acl of found.value) call.terminal.tell(aclCells(acl).join(' '));
    count += found.value.length;
  }
  if (count === 0) {
    call.terminal.tell('There is no such rule.');
    return DONE;
  }
  const refusal = await whyNot(call, 'Remove these rules?', 'No rule was removed.');
  if (refusal !== null) return misused(refusal);
  const removed = await removeAcls(cluster, filters);
  return removed.ok ? printAcls(call, removed.value) : failed(removed.error);
}
