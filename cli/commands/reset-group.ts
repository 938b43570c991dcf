import {
  applyReset,
  planReset,
  type ResetTarget,
} from '../../adapters/kafka/administration/reset-offsets.ts';
import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';
import type { Command, CommandCall, OptionSpec } from '../command/command.ts';
import { DONE, failed, misused, type Outcome } from '../command/outcome.ts';
import { GROUP } from '../options/group-operand.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { RESET_OPTIONS, resetTargetOf } from '../options/reset-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { NOTHING_DONE, YES_DO_IT } from '../options/yes-option.ts';
import { printRows } from '../output/rows.ts';
import { withCluster } from '../site/with-cluster.ts';

const TOPIC: OptionSpec = { name: 'topic', value: 'NAME', summary: 'The topic; needed.' };

/** Has a group begin elsewhere. */
export const resetGroup: Command = {
  name: 'reset-group',
  group: 'Consumer groups',
  summary: 'Show where a consumer group would begin anew, and with --yes do it',
  details: [
    'Refused while the group has members: they would not see it. Prints the old and the new place in each partition.',
  ],
  operands: [GROUP],
  options: [TOPIC, ...RESET_OPTIONS, YES_DO_IT, JSON_LINES, ...SITE_OPTIONS],
  examples: [
    { line: 'reset-group archiver --topic alarm-journal --to earliest', does: 'Only shown.' },
    { line: 'reset-group archiver --topic alarm-journal --to-time 2h --yes', does: 'Done.' },
  ],
  run: async (call) => {
    const topic = call.given.text(TOPIC);
    if (topic === undefined) return misused('--topic is missing.');
    const target = resetTargetOf(call.given, call.clock.now());
    if (!target.ok) return misused(target.error);
    return withCluster(call, (cluster) => reset(call, cluster, topic, target.value));
  },
};

async function reset(
  call: CommandCall,
  cluster: Cluster,
  topic: string,
  target: ResetTarget,
): Promise<Outcome> {
  const plan = await planReset(cluster, call.given.operands[0] ?? '', topic, target);
  if (!plan.ok) return failed(plan.error);
  const isWanted = call.given.has(YES_DO_IT);
  if (isWanted) {
    const applied = await applyReset(cluster, plan.value);
    if (!applied.ok) return failed(applied.error);
  }
  await printRows(call, plan.value.moves, ['TOPIC', 'PARTITION', 'OLD', 'NEW'], (move) => [
    move.topic,
    String(move.partition),
    move.from === null ? '-' : String(move.from),
    String(move.to),
  ]);
  if (!isWanted) call.terminal.tell(NOTHING_DONE);
  return DONE;
}
