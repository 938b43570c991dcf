import type { GroupDetails } from '../../adapters/kafka/administration/describe-group.ts';
import type { PartitionLag } from '../../adapters/kafka/administration/group-lag.ts';
import type { GroupMember } from '../../adapters/kafka/protocol/described-group.ts';
import { lineText } from '../../core/lib/line-text.ts';
import { textTable } from './text-table.ts';

/** A group for people: what it is, who is in it, how far it is with each partition. */
export function groupText({ group, type, state, members, lags }: GroupDetails): string {
  return [
    `${lineText(group)}: ${type}, ${state}\n`,
    membersText(members),
    lags.length === 0
      ? 'No offsets.\n'
      : textTable([['TOPIC', 'PARTITION', 'AT', 'END', 'LAG', 'READ BY'], ...lags.map(lagCells)]),
  ].join('\n');
}

function membersText(members: readonly GroupMember[] | null): string {
  if (members === null) return 'Members of such a group are not looked at.\n';
  if (members.length === 0) return 'No members.\n';
  const rows = members.map(({ memberId, clientId, clientHost, assigned }) => {
    const reads = assigned.map(({ topic, partitions }) => `${topic}[${partitions.join(',')}]`);
    return [memberId, clientId, clientHost, reads.join(' ')];
  });
  return textTable([['MEMBER', 'PROGRAM', 'FROM', 'READS'], ...rows]);
}

function lagCells({ topic, partition, committed, end, lag, memberId }: PartitionLag) {
  const number = (value: number | null): string => (value === null ? '-' : String(value));
  return [topic, String(partition), number(committed), number(end), number(lag), memberId ?? '-'];
}
