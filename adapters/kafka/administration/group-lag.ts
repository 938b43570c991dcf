import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { Cluster } from '../connection/cluster.ts';
import type { GroupMember } from '../protocol/described-group.ts';
import {
  type CommittedOffset,
  OFFSET_FETCH,
  readOffsetFetchResponse,
  writeOffsetFetchRequest,
} from '../protocol/offset-fetch.ts';
import type { AdminProblem } from './admin-problem.ts';
import { askCoordinator, groupRefusal } from './ask-coordinator.ts';
import { askOffset } from './ask-offset.ts';

/** How far a group is with one partition. */
export interface PartitionLag {
  readonly topic: string;
  readonly partition: number;
  /** The next offset that the group will read; null where it has committed none. */
  readonly committed: number | null;
  /** The next offset that will be written; null where it cannot be told (topic gone, or not to be seen). */
  readonly end: number | null;
  readonly lag: number | null;
  /** The member that reads it, where one does. */
  readonly memberId: string | null;
}

/** The lag of each partition that a group has committed for or that a member reads, in order. */
export async function partitionLags(
  cluster: Cluster,
  group: string,
  members: readonly GroupMember[],
): Promise<Result<readonly PartitionLag[], AdminProblem>> {
  const committed = await committedOffsets(cluster, group);
  if (!committed.ok) return committed;
  const places = new Map<string, PartitionPlace>();
  for (const { topic, partition, offset } of committed.value) {
    const place = { topic, partition, committed: offset < 0 ? null : offset, memberId: null };
    places.set(`${topic}/${partition}`, place);
  }
  for (const place of placesOfMembers(members)) {
    const key = `${place.topic}/${place.partition}`;
    places.set(key, { ...place, committed: places.get(key)?.committed ?? null });
  }
  const lags: PartitionLag[] = [];
  for (const place of places.values()) lags.push(await lagOf(cluster, place));
  return ok(lags.toSorted(inOrder));
}

/** What a group has committed. `NotAuthorized` names the group. */
export async function committedOffsets(
  cluster: Cluster,
  group: string,
): Promise<Result<readonly CommittedOffset[], AdminProblem>> {
  const answer = await askCoordinator(cluster, group, {
    api: OFFSET_FETCH,
    body: writeOffsetFetchRequest(group),
    read: readOffsetFetchResponse,
    codesOf: ({ errorCode }) => [errorCode],
  });
  if (!answer.ok) return answer;
  const { errorCode, offsets } = answer.value;
  return errorCode === 0
    ? ok(offsets)
    : failure(groupRefusal(cluster, group, errorCode, 'Describe'));
}

type PartitionPlace = Omit<PartitionLag, 'end' | 'lag'>;

function placesOfMembers(members: readonly GroupMember[]): readonly PartitionPlace[] {
  return members.flatMap(({ memberId, assigned }) =>
    assigned.flatMap(({ topic, partitions }) =>
      partitions.map((partition) => ({ topic, partition, committed: null, memberId })),
    ),
  );
}

async function lagOf(cluster: Cluster, place: PartitionPlace): Promise<PartitionLag> {
  const latest = await askOffset(cluster, place.topic, place.partition, 'latest');
  const end = latest.ok ? latest.value : null;
  const isKnown = end !== null && place.committed !== null;
  return { ...place, end, lag: isKnown ? Math.max(0, end - place.committed) : null };
}

function inOrder(a: PartitionLag, b: PartitionLag): number {
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1;
  return a.partition - b.partition;
}
