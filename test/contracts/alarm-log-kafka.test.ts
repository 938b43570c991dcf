import { createKafkaAlarmLog } from '../../adapters/kafka/kafka-alarm-log.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import type { AlarmLog } from '../../core/ports/alarm-log.ts';
import { sharedBrokerOrSkip } from '../support/shared-broker.ts';
import { withAdmin } from '../support/temporary-topics.ts';
import { describeAlarmLog } from './alarm-log.ts';

describeAlarmLog('Kafka', async (skip) => {
  const { bootstrap } = await sharedBrokerOrSkip(skip);
  const options = { bootstrapServers: bootstrap, clientId: 'contract', clock: createSystemClock() };
  return removingItsTopics(createKafkaAlarmLog(options), bootstrap);
});

/** The log, that takes the topics that it created with it when it is closed: the broker may be somebody's own. */
function removingItsTopics(log: AlarmLog, bootstrap: string): AlarmLog {
  const created = new Set<string>();
  return {
    read: (topics, listener, tail) => log.read(topics, listener, tail),
    append: (record) => log.append(record),
    describeTopics: (topics) => log.describeTopics(topics),
    createTopics: (specs) => {
      for (const { topic } of specs) created.add(topic);
      return log.createTopics(specs);
    },
    close: async () => {
      await log.close();
      if (created.size === 0) return;
      await withAdmin(bootstrap, async (admin) => {
        const existing = new Set(await admin.listTopics());
        await admin.deleteTopics({ topics: [...created].filter((topic) => existing.has(topic)) });
      });
      created.clear();
    },
  };
}
