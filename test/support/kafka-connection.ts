import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';
import { createKafkaCluster } from '../../adapters/kafka/connection/kafka-cluster.ts';
import type { KafkaSettings } from '../../adapters/kafka/connection/kafka-settings.ts';

/** Runs something on connections of its own to a Kafka, given by address or by all settings. */
export async function withCluster<T>(
  where: string | Omit<KafkaSettings, 'clientId'>,
  work: (cluster: Cluster) => Promise<T>,
): Promise<T> {
  const settings = typeof where === 'string' ? { bootstrapServers: where } : where;
  const cluster = createKafkaCluster({ clientId: 'test', ...settings });
  try {
    return await work(cluster);
  } finally {
    await cluster.close();
  }
}
