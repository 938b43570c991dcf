import { addAcls, removeAcls } from '../../adapters/kafka/administration/acls.ts';
import { createTopics } from '../../adapters/kafka/administration/create-topics.ts';
import { deleteTopics } from '../../adapters/kafka/administration/delete-topics.ts';
import { describeGroup } from '../../adapters/kafka/administration/describe-group.ts';
import { listGroups } from '../../adapters/kafka/administration/list-groups.ts';
import { putSettings } from '../../adapters/kafka/administration/mend-topics.ts';
import { applyReset } from '../../adapters/kafka/administration/reset-offsets.ts';
import type { RoleRight } from '../../adapters/kafka/administration/roles.ts';
import {
  createScramUser,
  removeScramUser,
} from '../../adapters/kafka/administration/scram-users.ts';
import { allSettingsOf } from '../../adapters/kafka/administration/topic-details.ts';
import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';
import type { KafkaSettings } from '../../adapters/kafka/connection/kafka-settings.ts';
import { createKafkaAlarmLog } from '../../adapters/kafka/kafka-alarm-log.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { LogPhase } from '../../core/ports/alarm-log.ts';
import { aLogAppend } from '../builders/a-log-append.ts';
import { anAcl } from '../builders/an-acl.ts';
import { createRecordingListener } from '../fakes/recording-listener.ts';
import { withCluster } from './kafka-connection.ts';
import { randomName } from './random-name.ts';

type Settings = Omit<KafkaSettings, 'clientId'>;
type Outcome = Result<unknown, { readonly message: string; readonly remedy: string }>;

/** A group that the super user has made, for deeds upon groups. */
export const DEED_GROUP = 'deed-queue';

/**
 * Does, as somebody, what needs a certain right. Deleting is tried on a topic only where it must be refused.
 * Group rights of roles are for every group: the deed is done upon {@link DEED_GROUP}.
 */
export function doDeed(
  settings: Settings,
  right: RoleRight,
  topicOfGroup: string,
): Promise<Outcome> {
  const { resource, operation, name } = right;
  if (resource === 'topic' && operation === 'Read') return readTopic(settings, name);
  if (resource === 'topic' && operation === 'Write') return writeTopic(settings, name);
  return withCluster<Outcome>(settings, (cluster) => {
    if (resource === 'cluster') return onCluster(cluster);
    return resource === 'group' ? onGroup(cluster, topicOfGroup) : onTopic(cluster, right);
  });
}

function onTopic(cluster: Cluster, { operation, name: topic }: RoleRight): Promise<Outcome> {
  const deeds: Readonly<Record<string, () => Promise<Outcome>>> = {
    DescribeConfigs: () => allSettingsOf(cluster, topic),
    AlterConfigs: () => putSettings(cluster, [{ topic, settings: { 'segment.ms': '200' } }]),
    Create: () => createTopics(cluster, [{ topic, partitions: 1, settings: {} }], 10_000),
    Delete: () => deleteTopics(cluster, [topic]),
  };
  const deed = deeds[operation];
  if (deed === undefined) throw new Error(`no deed for ${operation} on ${topic}`);
  return deed();
}

/** Users, rights and groups, listed and changed. */
async function onCluster(cluster: Cluster): Promise<Outcome> {
  const user = randomName('deed');
  const added = await addAcls(cluster, [anAcl({ principal: `User:${user}` })]);
  if (!added.ok) return added;
  const created = await createScramUser(cluster, { user, password: 'deed-secret' });
  if (!created.ok) return created;
  const removed = await removeScramUser(cluster, user);
  if (!removed.ok) return removed;
  const listed = await listGroups(cluster);
  return listed.ok ? removeAcls(cluster, [{ principal: `User:${user}` }]) : listed;
}

async function onGroup(cluster: Cluster, topic: string): Promise<Outcome> {
  const described = await describeGroup(cluster, DEED_GROUP);
  if (!described.ok) return described;
  const moves = [{ topic, partition: 0, from: null, to: 0 }];
  return applyReset(cluster, { group: DEED_GROUP, moves });
}

async function readTopic(settings: Settings, topic: string): Promise<Outcome> {
  const log = createKafkaAlarmLog({ ...settings, clientId: 'test', clock: createSystemClock() });
  const heard = createRecordingListener();
  const reading = log.read([topic], heard);
  await heard.until(({ phases }) => isSettled(phases.at(-1)));
  await reading.close();
  await log.close();
  const last = heard.phases.at(-1);
  const problem = last !== undefined && 'problem' in last ? last.problem : undefined;
  return problem === undefined ? ok(undefined) : failure(problem);
}

function isSettled(phase: LogPhase | undefined): boolean {
  if (phase === undefined) return false;
  return phase.phase === 'live' || ('problem' in phase && phase.problem !== undefined);
}

async function writeTopic(settings: Settings, topic: string): Promise<Outcome> {
  const clock = createSystemClock();
  const log = createKafkaAlarmLog({ ...settings, clientId: 'test', clock });
  const appended = await log.append(aLogAppend(topic, { timestampAt: clock.now() }));
  await log.close();
  return appended;
}
