import { listAcls } from '../../adapters/kafka/administration/acls.ts';
import {
  BEYOND_THE_RULES,
  whoMayWhat as judge,
} from '../../adapters/kafka/administration/who-may-what.ts';
import { TOPIC_SPECS } from '../../schemas/topic-specs.ts';
import type { Command } from '../command/command.ts';
import { failed } from '../command/outcome.ts';
import { ACL_USER, principalOf } from '../options/acl-options.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { rightsRows } from '../output/rights-rows.ts';
import { printRows } from '../output/rows.ts';
import { withCluster } from '../site/with-cluster.ts';

/** What the rules come to. */
export const whoMayWhat: Command = {
  name: 'who-may-what',
  group: 'Users and rights',
  summary: 'Show who may do what with which topic, by the rules',
  details: [
    'What the rules come to for each user that they name: denials, prefixes and * are worked in, and rights that others include.',
    BEYOND_THE_RULES,
  ],
  operands: [
    {
      name: 'TOPIC',
      summary: 'The topics; without: the alarm topics.',
      isOptional: true,
      isRepeatable: true,
    },
  ],
  options: [ACL_USER, JSON_LINES, ...SITE_OPTIONS],
  examples: [
    { line: 'who-may-what', does: 'Everybody, on the alarm topics.' },
    { line: 'who-may-what --user alice active-alarms', does: 'One user on one topic.' },
  ],
  run: (call) =>
    withCluster(call, async (cluster) => {
      const acls = await listAcls(cluster, {});
      if (!acls.ok) return failed(acls.error);
      const { operands } = call.given;
      const topics = operands.length > 0 ? operands : TOPIC_SPECS.map(({ topic }) => topic);
      const user = call.given.text(ACL_USER);
      const rights = judge(acls.value, topics).filter(
        ({ principal }) => user === undefined || principal === principalOf(user),
      );
      const head = ['WHO', 'TOPIC', 'MAY', 'MAY NOT'];
      const outcome = await printRows(call, rightsRows(rights), head, (row) => [
        row.principal,
        row.topic,
        row.may.join(', ') || '-',
        row.mayNot.join(', '),
      ]);
      call.terminal.tell(BEYOND_THE_RULES);
      return outcome;
    }),
};
