import { listGroups as askForGroups } from '../../adapters/kafka/administration/list-groups.ts';
import type { Command } from '../command/command.ts';
import { failed } from '../command/outcome.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { printRows } from '../output/rows.ts';
import { withCluster } from '../site/with-cluster.ts';

/** Seed 0's `show-consumer-groups`, under which name it is known too. */
export const listGroups: Command = {
  name: 'list-groups',
  group: 'Consumer groups',
  summary: 'List the consumer groups that this user may see',
  details: [
    'Groups of every protocol. Klaxon itself leaves none behind. Also known as show-consumer-groups.',
  ],
  operands: [],
  options: [JSON_LINES, ...SITE_OPTIONS],
  examples: [{ line: 'list-groups', does: 'Group, kind and state of each.' }],
  run: (call) =>
    withCluster(call, async (cluster) => {
      const groups = await askForGroups(cluster);
      if (!groups.ok) return failed(groups.error);
      return printRows(call, groups.value, ['GROUP', 'KIND', 'STATE'], (one) => [
        one.group,
        one.type,
        one.state,
      ]);
    }),
};
