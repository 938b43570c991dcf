import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';
import type { CommandCall } from '../command/command.ts';
import { misused, type Outcome } from '../command/outcome.ts';
import { withSite } from './open-site.ts';
import type { KafkaAccess } from './site.ts';

/** Opens the brokers themselves, for what only Kafka has; refused on the embedded log. */
export function withCluster(
  call: CommandCall,
  work: (cluster: Cluster) => Promise<Outcome>,
): Promise<Outcome> {
  return withKafka(call, async ({ settings }) => {
    const { createKafkaCluster } = await import('../../adapters/kafka/connection/kafka-cluster.ts');
    const cluster = createKafkaCluster(settings);
    try {
      return await work(cluster);
    } finally {
      await cluster.close();
    }
  });
}

/** How the site's Kafka and its registry are reached; refused on the embedded log. */
export function withKafka(
  call: CommandCall,
  work: (access: KafkaAccess) => Promise<Outcome>,
): Promise<Outcome> {
  return withSite(call, async ({ kafka }) => {
    if (kafka !== null) return work(kafka);
    return misused('This is done at a Kafka; the embedded log has none.', 'Leave out --embedded.');
  });
}
