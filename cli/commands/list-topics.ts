import { listTopics as askForTopics } from '../../adapters/kafka/administration/list-topics.ts';
import { jsonText } from '../../schemas/codecs/avro-json.ts';
import type { Command } from '../command/command.ts';
import { DONE, failed } from '../command/outcome.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { withCluster } from '../site/with-cluster.ts';

/** The seeds' `list-topics`. */
export const listTopics: Command = {
  name: 'list-topics',
  group: 'Topics and schemas',
  summary: 'List the topics of the broker that this user may see',
  details: [],
  operands: [],
  options: [JSON_LINES, ...SITE_OPTIONS],
  examples: [{ line: 'list-topics', does: 'One name a line.' }],
  run: (call) =>
    withCluster(call, async (cluster) => {
      const told = await askForTopics(cluster);
      if (!told.ok) return failed(told.error);
      const lines = told.value.map(({ topic }) =>
        call.given.has(JSON_LINES) ? `${jsonText({ topic })}\n` : `${topic}\n`,
      );
      await call.terminal.write(lines.join(''));
      return DONE;
    }),
};
