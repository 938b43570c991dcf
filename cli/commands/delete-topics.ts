import {
  deleteTopics as deleteForGood,
  foreseeLoss,
} from '../../adapters/kafka/administration/delete-topics.ts';
import { listTopics } from '../../adapters/kafka/administration/list-topics.ts';
import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { DONE, failed, misused, type Outcome } from '../command/outcome.ts';
import { GENERATION, systemOf } from '../options/generation-option.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { whyNot, YES } from '../options/yes-option.ts';
import { SYSTEM_PARTS } from '../site/system-parts.ts';
import { withCluster } from '../site/with-cluster.ts';

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
  const topics = await topicsOf(call, cluster);
  if (!topics.ok) return topics.error;
  const losses = await foreseeLoss(cluster, topics.value, call.clock);
  if (!losses.ok) return failed(losses.error);
  for (const { sentence } of losses.value) call.terminal.tell(sentence);
  if (topics.value.length === 0) return DONE;
  const question = `Delete ${topics.value.join(', ')}?`;
  const refusal = await whyNot(call, question, 'Nothing was deleted.');
  if (refusal !== null) return misused(refusal);
  const deleted = await deleteForGood(cluster, topics.value);
  if (!deleted.ok) return failed(deleted.error);
  await call.terminal.write(topics.value.map((topic) => `${topic} deleted\n`).join(''));
  return DONE;
}

/** The topics that were named, or those of the system that exist. */
async function topicsOf(
  { given }: CommandCall,
  cluster: Cluster,
): Promise<Result<readonly string[], Outcome>> {
  const all = await listTopics(cluster);
  if (!all.ok) return failure(failed(all.error));
  const there = new Set(all.value.map(({ topic }) => topic));
  const missing = given.operands.filter((topic) => !there.has(topic));
  if (missing.length > 0) {
    const message = `There is no topic ${missing.join(', ')}.`;
    return failure(misused(message, 'See: klaxon list-topics'));
  }
  const own = SYSTEM_PARTS[systemOf(given)].topics.map(({ topic }) => topic);
  return ok(given.operands.length > 0 ? given.operands : own.filter((topic) => there.has(topic)));
}
