import type { Result } from '../../../core/lib/result.ts';
import { createKafkaCluster } from '../connection/kafka-cluster.ts';
import type { KafkaSettings, SaslSettings } from '../connection/kafka-settings.ts';
import type { AdminProblem } from './admin-problem.ts';

/**
 * Whether somebody can log in to this Kafka, tried on a connection of its own that is closed again. Says nothing of what
 * they may do there. `AuthenticationFailed` where not.
 */
export async function testLogin(
  settings: Omit<KafkaSettings, 'sasl'>,
  login: SaslSettings,
): Promise<Result<void, AdminProblem>> {
  const cluster = createKafkaCluster({ ...settings, sasl: login });
  try {
    return await cluster.connect();
  } finally {
    await cluster.close();
  }
}
