import { createKafkaAlarmLog } from '../../../adapters/kafka/kafka-alarm-log.ts';
import { createSystemClock } from '../../../adapters/system/system-clock.ts';
import type { AlarmLog } from '../../../core/ports/alarm-log.ts';
import { createRecordingListener, type RecordingListener } from '../../fakes/recording-listener.ts';
import type { TestCluster } from '../../support/kafka-brokers.ts';
import type { ServiceSite } from '../../support/service-site.ts';

/** The site that all tests on several brokers share. */
export type ClusterSite = ServiceSite<TestCluster>;

/** Nothing is compacted away, so that a judge can count what was written. */
export const KEPT = { 'cleanup.policy': 'delete', 'retention.ms': '-1' } as const;

/** A log as a console opens it, with the limits of the product. */
export async function withLog<T>(
  bootstrapServers: string,
  work: (log: AlarmLog) => Promise<T>,
): Promise<T> {
  const log = createKafkaAlarmLog({
    bootstrapServers,
    clientId: 'test',
    clock: createSystemClock(),
  });
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

/** What a console hears of topics while the work lasts. */
export function hearing<T>(
  bootstrapServers: string,
  topics: readonly string[],
  work: (heard: RecordingListener, log: AlarmLog) => Promise<T>,
): Promise<T> {
  return withLog(bootstrapServers, (log) => {
    const heard = createRecordingListener();
    log.read(topics, heard);
    return work(heard, log);
  });
}

/** The values that were heard of a topic, in order. */
export function valuesOf({ records }: RecordingListener, topic: string): readonly string[] {
  return records.filter((record) => record.topic === topic).map(({ value }) => String(value));
}
