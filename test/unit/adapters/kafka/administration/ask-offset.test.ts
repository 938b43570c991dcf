import { describe, expect, it } from 'vitest';
import { askOffset } from '../../../../../adapters/kafka/administration/ask-offset.ts';
import type { Cluster } from '../../../../../adapters/kafka/connection/cluster.ts';
import { failure, ok } from '../../../../../core/lib/result.ts';
import { createFakeCluster } from '../../../../fakes/fake-cluster.ts';

/** A cluster that knows a leader which has gone, until it is asked who leads now. */
function clusterOf(isRetriable: boolean) {
  const fake = createFakeCluster(() => null);
  fake.setEnds(3, 7);
  const gone = { code: 'Unreachable', message: 'gone', remedy: 'wait', isRetriable } as const;
  const cluster: Cluster = {
    ...fake,
    refresh: (topics) => fake.refresh(topics),
    listOffset: async (topic, partition, end) =>
      fake.refreshes === 0 ? failure(gone) : fake.listOffset(topic, partition, end),
  };
  return { cluster, fake, gone };
}

describe('an end of a partition', () => {
  it('is asked of the new leader where the one that was known has gone', async () => {
    const { cluster } = clusterOf(true);
    expect(await askOffset(cluster, 'alarms', 0, 'latest')).toEqual(ok(7));
    expect(await askOffset(cluster, 'alarms', 0, 'earliest')).toEqual(ok(3));
  });

  it('is not asked again where that cannot help', async () => {
    const { cluster, fake, gone } = clusterOf(false);
    expect(await askOffset(cluster, 'alarms', 0, 'latest')).toEqual(failure(gone));
    expect(fake.refreshes).toBe(0);
  });
});
