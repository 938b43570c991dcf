import { afterEach, describe, expect, it } from 'vitest';
import { detailTopics } from '../../../../../adapters/kafka/administration/topic-details.ts';
import type { Cluster } from '../../../../../adapters/kafka/connection/cluster.ts';
import { failure, type Result } from '../../../../../core/lib/result.ts';
import type { LogProblem, LogProblemCode } from '../../../../../core/ports/alarm-log.ts';
import { createFakeCluster } from '../../../../fakes/fake-cluster.ts';

const TOPIC = 'active-alarms';
const clusters: Cluster[] = [];

afterEach(async () => {
  for (const cluster of clusters.splice(0)) await cluster.close();
});

describe('detailTopics', () => {
  it('asks again where the leader of a topic that was just created does not know it yet', async () => {
    const { cluster, askedTimes } = aCluster(2);
    expect(await detailTopics(cluster, [TOPIC])).toMatchObject({
      ok: true,
      value: [{ topic: TOPIC, partitions: [{ partition: 0, leader: 1, earliest: 3, latest: 7 }] }],
    });
    expect(askedTimes()).toBe(4);
  });

  it('asks no more once the cluster itself says that there is no such topic', async () => {
    const { cluster, askedTimes } = aCluster(Number.POSITIVE_INFINITY);
    let refreshes = 0;
    const deleted = async (): ReturnType<Cluster['refresh']> => {
      refreshes += 1;
      return refreshes > 1 ? refused('TopicMissing') : cluster.refresh([TOPIC]);
    };
    expect(await detailTopics({ ...cluster, refresh: deleted }, [TOPIC])).toMatchObject({
      ok: false,
      error: { code: 'TopicMissing' },
    });
    expect(askedTimes()).toBe(1);
  });
});

/** One partition, of which the leader does not know for so many questions. */
function aCluster(unknown: number) {
  const cluster = createFakeCluster(() => null);
  cluster.lead(TOPIC, [1]);
  cluster.setEnds(3, 7);
  clusters.push(cluster);
  let asked = 0;
  const listOffset: Cluster['listOffset'] = async (...place) => {
    asked += 1;
    return asked > unknown ? cluster.listOffset(...place) : refused('TopicMissing');
  };
  const send: Cluster['send'] = async () => refused('NotAuthorized');
  return { cluster: { ...cluster, listOffset, send }, askedTimes: () => asked };
}

function refused(code: LogProblemCode): Result<never, LogProblem> {
  return failure({ code, message: 'refused', remedy: 'wait', isRetriable: true });
}
