import { describeGroup as askAbout } from '../../adapters/kafka/administration/describe-group.ts';
import { jsonText } from '../../schemas/codecs/avro-json.ts';
import type { Command } from '../command/command.ts';
import { DONE, failed } from '../command/outcome.ts';
import { GROUP } from '../options/group-operand.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { groupText } from '../output/group-text.ts';
import { withCluster } from '../site/with-cluster.ts';

/** One group. */
export const describeGroup: Command = {
  name: 'describe-group',
  group: 'Consumer groups',
  summary: 'Show the members of a consumer group, and its lag for each partition',
  details: [],
  operands: [GROUP],
  options: [JSON_LINES, ...SITE_OPTIONS],
  examples: [{ line: 'describe-group archiver', does: 'Who reads what, and how far.' }],
  run: (call) =>
    withCluster(call, async (cluster) => {
      const described = await askAbout(cluster, call.given.operands[0] ?? '');
      if (!described.ok) return failed(described.error);
      const isJson = call.given.has(JSON_LINES);
      const text = isJson ? `${jsonText(described.value)}\n` : groupText(described.value);
      await call.terminal.write(text);
      return DONE;
    }),
};
