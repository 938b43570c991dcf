import { addAcls } from '../../adapters/kafka/administration/acls.ts';
import { createTopics } from '../../adapters/kafka/administration/create-topics.ts';
import { grantRole } from '../../adapters/kafka/administration/grant-role.ts';
import type { Role } from '../../adapters/kafka/administration/roles.ts';
import { createScramUser } from '../../adapters/kafka/administration/scram-users.ts';
import type { KafkaSettings } from '../../adapters/kafka/connection/kafka-settings.ts';
import type { Acl } from '../../adapters/kafka/protocol/acl-words.ts';
import { TOPIC_SPECS } from '../../schemas/topic-specs.ts';
import { answered } from './answered.ts';
import { withCluster } from './kafka-connection.ts';
import { randomName } from './random-name.ts';
import { type SecureBroker, type SecureBrokerOptions, startSecureBroker } from './secure-broker.ts';

/** A site whose Kafka has TLS, SCRAM log-ins and rights, with the alarm topics and a super user `admin`. */
export interface SecureSite {
  readonly broker: SecureBroker;
  /** How somebody reaches it whose password is `<user>-secret`. */
  settingsOf(user: string): Omit<KafkaSettings, 'clientId'>;
  /** Makes a user with the rights of a role, or with none; answers the name. */
  addUser(role?: Role): Promise<string>;
  /** As the super user, over the same listener as everybody. */
  readonly admin: Omit<KafkaSettings, 'clientId'>;
  /** Gives a user single rights. */
  allow(acls: readonly Acl[]): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the broker and furnishes it. */
export async function startSecureSite(
  options: Pick<SecureBrokerOptions, 'version'> = {},
): Promise<SecureSite> {
  const mechanisms = 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512';
  const broker = await startSecureBroker({ ...options, mechanisms });
  const settingsOf = (user: string): Omit<KafkaSettings, 'clientId'> => ({
    bootstrapServers: broker.secure,
    tls: { ca: broker.ca },
    sasl: { mechanism: 'scram-sha-512', username: user, password: `${user}-secret` },
  });
  const admin = settingsOf('admin');
  await withCluster(broker.plain, async (cluster) => {
    answered(await createScramUser(cluster, { user: 'admin', password: 'admin-secret' }));
  });
  await withCluster(admin, async (cluster) => {
    answered(await createTopics(cluster, TOPIC_SPECS, 20_000));
  });
  return {
    broker,
    settingsOf,
    admin,
    addUser: (role) =>
      withCluster(admin, async (cluster) => {
        const user = randomName(role ?? 'nobody');
        answered(await createScramUser(cluster, { user, password: `${user}-secret` }));
        if (role !== undefined) answered(await grantRole(cluster, role, user));
        return user;
      }),
    allow: (acls) => withCluster(admin, async (cluster) => answered(await addAcls(cluster, acls))),
    stop: () => broker.stop(),
  };
}
