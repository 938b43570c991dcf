import {
  mendTopics as mend,
  planMend,
  type TopicMend,
} from '../../adapters/kafka/administration/mend-topics.ts';
import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { DONE, failed, type Outcome } from '../command/outcome.ts';
import { GENERATION, systemOf } from '../options/generation-option.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { NOTHING_DONE, YES_DO_IT } from '../options/yes-option.ts';
import { mendText } from '../output/mend-text.ts';
import { SYSTEM_PARTS } from '../site/system-parts.ts';
import { withCluster } from '../site/with-cluster.ts';

/** Puts right what settings can put right. */
export const mendTopics: Command = {
  name: 'mend-topics',
  group: 'Topics and schemas',
  summary: 'Show which settings of the alarm topics are wrong, and with --yes mend them',
  details: [
    'Sets only what is wrong; every other setting of the topics stays. A missing topic, and the number of partitions or replicas, no setting can mend: they are listed.',
  ],
  operands: [],
  options: [YES_DO_IT, GENERATION, ...SITE_OPTIONS],
  examples: [
    { line: 'mend-topics', does: 'Only shown.' },
    { line: 'mend-topics --yes', does: 'Done.' },
  ],
  run: (call) => withCluster(call, (cluster) => mendAll(call, cluster)),
};

async function mendAll(call: CommandCall, cluster: Cluster): Promise<Outcome> {
  const plan = await planMend(cluster, SYSTEM_PARTS[systemOf(call.given)].topics);
  if (!plan.ok) return failed(plan.error);
  const isWanted = call.given.has(YES_DO_IT) && plan.value.some(hasChanges);
  if (isWanted) {
    const mended = await mend(cluster, plan.value);
    if (!mended.ok) return failed(mended.error);
  }
  await call.terminal.write(mendText(plan.value));
  if (!isWanted && plan.value.some(hasChanges)) call.terminal.tell(NOTHING_DONE);
  return DONE;
}

function hasChanges({ changes }: TopicMend): boolean {
  return changes.length > 0;
}
