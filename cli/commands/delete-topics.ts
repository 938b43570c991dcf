import {
  deleteTopics as deleteForGood,
  foreseeLoss,
} from '../../adapters/kafka/administration/delete-topics.ts';
import { listTopics } from '../../adapters/kafka/administration/list-topics.ts';
import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';
import type { Command, CommandCall, OptionSpec } from '../command/command.ts';
import { DONE, failed, misused, type Outcome } from '../command/outcome.ts';
import { GENERATION, systemOf } from '../options/generation-option.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { SYSTEM_PARTS } from '../site/system-parts.ts';
import { withCluster } from '../site/with-cluster.ts';

const YES: OptionSpec = { name: 'yes', summary: 'Do not ask.' };

/** Seed 0's `delete-alarm-topics`, which asks first. */
export const deleteTopics: Command = {
  name: 'delete-topics',
  group: 'Topics and schemas',
  summary: 'Delete topics with all that they hold; says what is lost, and asks',
  details: ['There is no way back. Make a backup first: klaxon export --file backup.jsonl'],
  operands: [
    {
      name: 'TOPIC',
      summary: 'The topics; without: the alarm topics of the system that exist.',
      isOptional: true,
      isRepeatable: true,
    },
  ],
  options: [YES, GENERATION, ...SITE_OPTIONS],
  examples: [
    { line: 'delete-topics', does: 'All alarm topics, after a question.' },
    { line: 'delete-topics --yes monitored-pvs', does: 'One, without a question.' },
  ],
  run: (call) => withCluster(call, (cluster) => deleteAfterQuestion(call, cluster)),
};

async function deleteAfterQuestion(call: CommandCall, cluster: Cluster): Promise<Outcome> {
  const { given, terminal, clock } = call;
  const all = await listTopics(cluster);
  if (!all.ok) return failed(all.error);
  const there = new Set(all.value.map(({ topic }) => topic));
  const named = given.operands;
  const missing = named.filter((topic) => !there.has(topic));
  if (missing.length > 0) return misused(`There is no topic ${missing.join(', ')}.`);
  const own = SYSTEM_PARTS[systemOf(given)].topics.map(({ topic }) => topic);
  const topics = named.length > 0 ? named : own.filter((topic) => there.has(topic));
  const losses = await foreseeLoss(cluster, topics, clock);
  if (!losses.ok) return failed(losses.error);
  for (const { sentence } of losses.value) terminal.tell(sentence);
  if (topics.length === 0) return DONE;
  if (!given.has(YES)) {
    const answer = await terminal.ask(`Delete ${topics.join(', ')}? Type yes: `);
    if (answer === null) return misused('Nobody can be asked here: say --yes.');
    if (answer.trim() !== 'yes') return misused('Nothing was deleted.');
  }
  const deleted = await deleteForGood(cluster, topics);
  if (!deleted.ok) return failed(deleted.error);
  await terminal.write(topics.map((topic) => `${topic} deleted\n`).join(''));
  return DONE;
}
