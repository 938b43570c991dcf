import { describe, expect } from 'vitest';
import { createTopics } from '../../../../../adapters/kafka/administration/create-topics.ts';
import {
  deleteTopics,
  foreseeLoss,
} from '../../../../../adapters/kafka/administration/delete-topics.ts';
import { listTopics } from '../../../../../adapters/kafka/administration/list-topics.ts';
import {
  mendTopics,
  planMend,
  putSettings,
} from '../../../../../adapters/kafka/administration/mend-topics.ts';
import {
  allSettingsOf,
  detailTopics,
} from '../../../../../adapters/kafka/administration/topic-details.ts';
import { createSystemClock } from '../../../../../adapters/system/system-clock.ts';
import { TOPIC_SPECS } from '../../../../../schemas/topic-specs.ts';
import { answered } from '../../../../support/answered.ts';
import { withCluster } from '../../../../support/kafka-connection.ts';
import { produce } from '../../../../support/kafka-reading.ts';
import { randomName } from '../../../../support/random-name.ts';
import { brokerTest } from '../../../../support/shared-broker.ts';
import { createTemporaryTopics } from '../../../../support/temporary-topics.ts';

const CLOCK = createSystemClock();

describe('topics, administered', () => {
  brokerTest('ours are created, listed, described and deleted', ({ broker }) =>
    withCluster(broker.bootstrap, async (cluster) => {
      const specs = TOPIC_SPECS.map((spec) => ({ ...spec, topic: randomName(spec.topic) }));
      const topics = specs.map(({ topic }) => topic);
      answered(await createTopics(cluster, specs, 10_000));
      const listed = answered(await listTopics(cluster));
      const names = listed.map(({ topic }) => topic);
      expect(names).toEqual(expect.arrayContaining(topics));
      expect(names).toEqual(names.toSorted());
      const details = answered(await detailTopics(cluster, topics));
      for (const [index, { topic, settings, ...spec }] of specs.entries()) {
        expect(details[index]).toMatchObject({
          topic,
          partitions: Array.from({ length: spec.partitions }, (_, partition) => ({
            partition,
            replicas: 1,
            earliest: 0,
            latest: 0,
          })),
          settings,
        });
        expect(details[index]?.overridden.toSorted()).toEqual(Object.keys(settings).toSorted());
      }
      expect(answered(await planMend(cluster, specs)).flatMap(({ changes }) => changes)).toEqual(
        [],
      );
      answered(await deleteTopics(cluster, topics));
      const left = answered(await listTopics(cluster)).map(({ topic }) => topic);
      expect(left.filter((topic) => topics.includes(topic))).toEqual([]);
      expect(await detailTopics(cluster, topics)).toMatchObject({
        ok: false,
        error: { code: 'TopicMissing' },
      });
    }),
  );

  brokerTest('what a deletion would lose is counted record by record', ({ broker }) =>
    withCluster(broker.bootstrap, async (cluster) => {
      const { bootstrap } = broker;
      const bases = ['lost', 'empty'];
      const topics = await createTemporaryTopics(bootstrap, bases, { partitions: 2 });
      const [lost, empty] = [topics.nameOf('lost'), topics.nameOf('empty')];
      const record = (key: string, value: string | null, partition: number) => ({
        key,
        value,
        partition,
      });
      await produce(bootstrap, lost, [
        record('a', '1', 0),
        record('b', '1', 1),
        record('a', null, 0),
        record('c', '1', 1),
        record('c', '2', 1),
      ]);
      const loss = answered(await foreseeLoss(cluster, [lost, empty], CLOCK));
      expect(loss).toEqual([
        {
          topic: lost,
          records: 5,
          tombstones: 1,
          current: 2,
          sentence: `Topic ${lost} holds 5 records, 1 of them tombstones; 2 keys have a value that would be lost.`,
        },
        {
          topic: empty,
          records: 0,
          tombstones: 0,
          current: 0,
          sentence: `Topic ${empty} holds no records.`,
        },
      ]);
      // Foreseeing has deleted nothing.
      expect(answered(await detailTopics(cluster, [lost]))[0]?.partitions).toHaveLength(2);
      await topics.remove();
    }),
  );

  brokerTest('nothing is counted or deleted of a topic that is not there', ({ broker }) =>
    withCluster(broker.bootstrap, async (cluster) => {
      const topic = randomName('nowhere');
      const missing = { ok: false, error: { code: 'TopicMissing' } };
      expect(await foreseeLoss(cluster, [topic], CLOCK)).toMatchObject(missing);
      expect(await deleteTopics(cluster, [topic])).toMatchObject(missing);
      expect(
        await putSettings(cluster, [{ topic, settings: { 'segment.ms': '1' } }]),
      ).toMatchObject(missing);
    }),
  );

  brokerTest('a mend sets what is wrong and keeps every other override', ({ broker }) =>
    withCluster(broker.bootstrap, async (cluster) => {
      const settings = {
        'cleanup.policy': 'delete',
        'delete.retention.ms': '100',
        'max.compaction.lag.ms': '12345678',
        'segment.ms': '100',
      };
      const topics = await createTemporaryTopics(broker.bootstrap, ['mended'], { settings });
      const topic = topics.nameOf('mended');
      const [spec] = TOPIC_SPECS.filter((each) => each.topic === 'active-alarms');
      const mends = answered(
        await planMend(cluster, [
          { ...spec, partitions: 1, settings: { ...spec?.settings }, topic },
        ]),
      );
      expect(mends).toMatchObject([
        {
          topic,
          changes: [
            { setting: 'cleanup.policy', from: 'delete', to: 'compact' },
            { setting: 'cleanup.policy', from: 'delete', to: 'compact' },
            { setting: 'delete.retention.ms', from: '100', to: '86400000' },
          ],
          beyond: [{ code: 'OneReplica' }],
        },
      ]);
      answered(await mendTopics(cluster, mends));
      const after = answered(await allSettingsOf(cluster, topic));
      expect(after.overridden.toSorted()).toEqual(Object.keys(settings));
      expect(after.settings).toMatchObject({
        ...settings,
        'cleanup.policy': 'compact',
        'delete.retention.ms': '86400000',
      });
      await topics.remove();
    }),
  );

  brokerTest('a setting can be taken away; one that is not allowed is refused', ({ broker }) =>
    withCluster(broker.bootstrap, async (cluster) => {
      const settings = { 'cleanup.policy': 'compact', 'segment.ms': '100' };
      const topics = await createTemporaryTopics(broker.bootstrap, ['set'], { settings });
      const topic = topics.nameOf('set');
      answered(await putSettings(cluster, [{ topic, settings: { 'segment.ms': null } }]));
      expect(answered(await allSettingsOf(cluster, topic)).overridden).toEqual(['cleanup.policy']);
      const bad = { topic, settings: { 'cleanup.policy': 'burn' } };
      expect(await putSettings(cluster, [bad])).toMatchObject({
        ok: false,
        error: { code: 'Unexpected', message: expect.stringContaining(topic) },
      });
      await topics.remove();
    }),
  );
});
