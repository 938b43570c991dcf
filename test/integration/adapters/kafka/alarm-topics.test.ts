import { describe, expect } from 'vitest';
import { createKafkaAlarmLog } from '../../../../adapters/kafka/kafka-alarm-log.ts';
import { createSystemClock } from '../../../../adapters/system/system-clock.ts';
import { checkTopic } from '../../../../schemas/topic-check.ts';
import { TOPIC_SPECS } from '../../../../schemas/topic-specs.ts';
import { aLogAppend } from '../../../builders/a-log-append.ts';
import { createRecordingListener, isIn } from '../../../fakes/recording-listener.ts';
import { startBroker } from '../../../support/kafka-broker.ts';
import { randomName } from '../../../support/random-name.ts';
import { brokerTest, ownBrokerTest } from '../../../support/shared-broker.ts';
import { withAdmin } from '../../../support/temporary-topics.ts';

/** Our topics, created, written to, read and described, under names of their own. */
async function exerciseAlarmTopics(bootstrap: string): Promise<void> {
  const clock = createSystemClock();
  const log = createKafkaAlarmLog({ bootstrapServers: bootstrap, clientId: 'test', clock });
  const specs = TOPIC_SPECS.map((spec) => ({ ...spec, topic: randomName(spec.topic) }));
  const topics = specs.map(({ topic }) => topic);
  try {
    expect(await log.createTopics(specs)).toEqual({ ok: true, value: undefined });
    for (const topic of topics) {
      expect(await log.append(aLogAppend(topic, { timestampAt: clock.now() }))).toMatchObject({
        ok: true,
      });
    }
    const heard = createRecordingListener();
    const reading = log.read(topics, heard);
    await heard.until(isIn('live'));
    await reading.close();
    expect(heard.records.map(({ topic }) => topic).toSorted()).toEqual(topics.toSorted());
    const described = await log.describeTopics(topics);
    const states = described.ok ? described.value : [];
    expect(states.map(({ topic }) => topic)).toEqual(topics);
    for (const [index, state] of states.entries()) {
      const spec = specs[index];
      expect(state.settings).toMatchObject(spec?.settings ?? {});
      const findings = spec === undefined ? [] : checkTopic(state, spec);
      expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    }
  } finally {
    await log.close();
    await withAdmin(bootstrap, (admin) => admin.deleteTopics({ topics }));
  }
}

describe('the alarm topics as we create them: nothing found wrong, written and read', () => {
  brokerTest('on the broker of the run', ({ broker }) => exerciseAlarmTopics(broker.bootstrap));

  ownBrokerTest('on Kafka 3.9', async () => {
    const broker = await startBroker({ version: '3.9.2' });
    try {
      await exerciseAlarmTopics(broker.bootstrap);
    } finally {
      await broker.stop();
    }
  });
});
