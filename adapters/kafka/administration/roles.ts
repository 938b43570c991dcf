import {
  ACTIVE_ALARMS,
  ALARM_JOURNAL,
  ALARM_OCCURRENCES,
  REGISTERED_ALARMS,
  SHELVED_ALARMS,
} from '../../../schemas/topics.ts';
import type { Acl, AclOperation, AclResource } from '../protocol/acl-words.ts';

/** Who works with the alarm system, by what they do with its topics. */
export const ROLES = [
  'operator',
  'viewer',
  'shelf-service',
  'keeper',
  'source',
  'reader',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** One right that a role needs, and what cannot be done without it. */
export interface RoleRight extends Pick<Acl, 'name' | 'pattern'> {
  readonly resource: Extract<AclResource, 'topic' | 'group' | 'cluster'>;
  readonly operation: AclOperation;
  /** Continues “is missing: …”. */
  readonly why: string;
}

/** What a role is, for people. */
export const ROLE_MEANINGS: Readonly<Record<Role, string>> = {
  operator: 'a console whose operators acknowledge and shelve',
  viewer: 'a console that only shows',
  'shelf-service': 'the service that ends shelves',
  keeper: 'the service that writes down what compaction would forget',
  source: 'a program that raises and clears alarms',
  reader: 'the command line where it only lists and follows',
  administrator: 'whoever registers alarms, and administers topics, users, rights and groups',
};

/** The name under which Kafka keeps rights on the cluster as a whole. */
const CLUSTER_NAME = 'kafka-cluster';

/**
 * What each role does with each topic; the one table of least rights. R reads, S sees settings, W writes, A administers
 * (which includes seeing settings). A new topic is a line here.
 */
const TOPIC_USES: Readonly<Record<string, Partial<Record<Role, string>>>> = {
  [ALARM_OCCURRENCES]: readByAll({ keeper: 'RSW' }),
  [REGISTERED_ALARMS]: readByAll({}),
  [SHELVED_ALARMS]: readByAll({ operator: 'RSW', 'shelf-service': 'RSW' }),
  [ACTIVE_ALARMS]: readByAll({ operator: 'RSW', source: 'W' }),
  [ALARM_JOURNAL]: {
    operator: 'RS',
    viewer: 'RS',
    keeper: 'RSW',
    reader: 'RS',
    administrator: 'RWA',
  },
};

const TOPIC_RIGHTS: Readonly<Record<string, readonly (readonly [AclOperation, string])[]>> = {
  R: [['Read', 'it cannot be read']],
  S: [['DescribeConfigs', 'its settings cannot be checked, nor how long its tombstones stay']],
  W: [['Write', 'nothing can be written to it']],
  A: [
    ['Create', 'it cannot be created'],
    ['Delete', 'it cannot be deleted'],
    ['AlterConfigs', 'its settings can be neither checked nor mended'],
  ],
};

/** Alter on the cluster and Read on a group include Describe on them. */
const ADMINISTRATION: readonly RoleRight[] = [
  clusterRight('Alter', 'users and rights can be neither listed nor changed, nor groups listed'),
  groupRight('Read', 'members, lag and offsets of groups can be neither seen nor reset'),
];

/** The least rights with which a role can do its work, topics in the order of the table. */
export function rightsOf(role: Role): readonly RoleRight[] {
  const onTopics = Object.entries(TOPIC_USES).flatMap(([topic, uses]) =>
    (uses[role] ?? '').split('').flatMap((use) => topicRights(topic, use)),
  );
  return role === 'administrator' ? [...onTopics, ...ADMINISTRATION] : onTopics;
}

/** The rules that give a user, from every host, the rights of a role. */
export function aclsOfRole(role: Role, user: string): readonly Acl[] {
  return rightsOf(role).map(({ resource, name, pattern, operation }) => ({
    resource,
    name,
    pattern,
    operation,
    principal: `User:${user}`,
    host: '*',
    permission: 'allow',
  }));
}

function readByAll(others: Partial<Record<Role, string>>): Partial<Record<Role, string>> {
  return {
    operator: 'RS',
    viewer: 'RS',
    'shelf-service': 'RS',
    keeper: 'RS',
    reader: 'RS',
    administrator: 'RWA',
    ...others,
  };
}

function topicRights(topic: string, use: string): readonly RoleRight[] {
  return (TOPIC_RIGHTS[use] ?? []).map(([operation, why]) => ({
    resource: 'topic',
    name: topic,
    pattern: 'literal',
    operation,
    why,
  }));
}

function clusterRight(operation: AclOperation, why: string): RoleRight {
  return { resource: 'cluster', name: CLUSTER_NAME, pattern: 'literal', operation, why };
}

function groupRight(operation: AclOperation, why: string): RoleRight {
  return { resource: 'group', name: '*', pattern: 'literal', operation, why };
}
