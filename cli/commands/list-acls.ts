import { listAcls as askForAcls } from '../../adapters/kafka/administration/acls.ts';
import type { Acl } from '../../adapters/kafka/protocol/acl-words.ts';
import type { Command } from '../command/command.ts';
import { failed, misused } from '../command/outcome.ts';
import { ACL_OPTIONS, aclFiltersOf } from '../options/acl-options.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { printAcls } from '../output/acl-rows.ts';
import { withCluster } from '../site/with-cluster.ts';

/** The rules that stand. */
export const listAcls: Command = {
  name: 'list-acls',
  group: 'Users and rights',
  summary: 'List the rules of who may what',
  details: [
    'With --topic or --group every rule that takes in that name: its own, those of what it begins with, and those of *.',
  ],
  operands: [],
  options: [...ACL_OPTIONS, JSON_LINES, ...SITE_OPTIONS],
  examples: [
    { line: 'list-acls', does: 'All.' },
    { line: 'list-acls --user alice', does: 'What is said of one user.' },
  ],
  run: async (call) => {
    const filters = aclFiltersOf(call.given, 'match');
    if (!filters.ok) return misused(filters.error);
    return withCluster(call, async (cluster) => {
      const acls: Acl[] = [];
      for (const filter of filters.value) {
        const listed = await askForAcls(cluster, filter);
        if (!listed.ok) return failed(listed.error);
        acls.push(...listed.value);
      }
      return printAcls(call, acls);
    });
  },
};
