import { addAcls } from '../../adapters/kafka/administration/acls.ts';
import type { Command } from '../command/command.ts';
import { failed, misused } from '../command/outcome.ts';
import { ACL_OPTIONS, aclsOf } from '../options/acl-options.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { printAcls } from '../output/acl-rows.ts';
import { withCluster } from '../site/with-cluster.ts';

/** Allows or denies single rights. */
export const addAcl: Command = {
  name: 'add-acl',
  group: 'Users and rights',
  summary: 'Add a rule that allows or denies something',
  details: [
    'Done when the rule is to be seen. Without --host from everywhere, without --permission it allows. For the rights that a program of the alarm system needs: klaxon grant.',
  ],
  operands: [],
  options: [...ACL_OPTIONS, JSON_LINES, ...SITE_OPTIONS],
  examples: [
    {
      line: 'add-acl --user alice --topic active-alarms --operation Read',
      does: 'Allow one thing.',
    },
    {
      line: 'add-acl --user "*" --topic alarm- --prefixed --operation Delete --permission deny',
      does: 'Deny it everybody, on each such topic.',
    },
  ],
  run: async (call) => {
    const acls = aclsOf(call.given);
    if (!acls.ok) return misused(acls.error);
    return withCluster(call, async (cluster) => {
      const added = await addAcls(cluster, acls.value);
      return added.ok ? printAcls(call, acls.value) : failed(added.error);
    });
  },
};
