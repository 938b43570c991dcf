import type {
  Acl,
  AclFilter,
  AclOperation,
  AclPattern,
  AclPermission,
} from '../../adapters/kafka/protocol/acl-words.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { OptionSpec, ParsedArguments } from '../command/command.ts';

const OPERATIONS = [
  'All',
  'Read',
  'Write',
  'Create',
  'Delete',
  'Alter',
  'Describe',
  'ClusterAction',
  'DescribeConfigs',
  'AlterConfigs',
  'IdempotentWrite',
] as const satisfies readonly AclOperation[];
const PERMISSIONS = ['allow', 'deny'] as const satisfies readonly AclPermission[];

/** The user that rights are about. */
export const ACL_USER: OptionSpec = {
  name: 'user',
  value: 'NAME',
  summary: 'The user; * is everybody.',
};
const HOST: OptionSpec = {
  name: 'host',
  value: 'ADDRESS',
  summary: 'The address that the user comes from; * is all.',
};
const TOPIC: OptionSpec = { name: 'topic', value: 'NAME', summary: 'The topic; * is all.' };
const GROUP: OptionSpec = {
  name: 'group',
  value: 'NAME',
  summary: 'The consumer group; * is all.',
};
const CLUSTER: OptionSpec = { name: 'cluster', summary: 'The Kafka as a whole.' };
const PREFIXED: OptionSpec = {
  name: 'prefixed',
  summary: 'Every topic or group whose name begins with the name.',
};
const OPERATION: OptionSpec = {
  name: 'operation',
  value: 'NAME',
  summary: 'What may be done; may be given several times.',
  choices: OPERATIONS,
  isRepeatable: true,
};
const PERMISSION: OptionSpec = {
  name: 'permission',
  value: 'WORD',
  summary: 'Whether the rule allows or denies; to deny wins.',
  choices: PERMISSIONS,
};

/** The words of a rule, or of a filter for rules. */
export const ACL_OPTIONS: readonly OptionSpec[] = [
  ACL_USER,
  HOST,
  TOPIC,
  GROUP,
  CLUSTER,
  PREFIXED,
  OPERATION,
  PERMISSION,
];

/** How Kafka writes a user. */
export function principalOf(user: string): string {
  return user.includes(':') ? user : `User:${user}`;
}

/**
 * The rules that are meant, one filter an operation; what is not given may be anything. A name without --prefixed means
 * rules of the pattern `unprefixed`. Refused in a sentence where the words contradict each other.
 */
export function aclFiltersOf(
  given: ParsedArguments,
  unprefixed: AclPattern,
): Result<readonly AclFilter[], string> {
  const resource = resourceOf(given, unprefixed);
  if (!resource.ok) return resource;
  const [user, host] = [given.text(ACL_USER), given.text(HOST)];
  const permission = PERMISSIONS.find((one) => one === given.text(PERMISSION));
  const common: AclFilter = {
    ...resource.value,
    ...(user === undefined ? {} : { principal: principalOf(user) }),
    ...(host === undefined ? {} : { host }),
    ...(permission === undefined ? {} : { permission }),
  };
  const operations = OPERATIONS.filter((one) => given.texts(OPERATION).includes(one));
  return ok(
    operations.length === 0 ? [common] : operations.map((operation) => ({ ...common, operation })),
  );
}

/** The rules to be added: from every host and allowing, where nothing else is said. */
export function aclsOf(given: ParsedArguments): Result<readonly Acl[], string> {
  const filters = aclFiltersOf(given, 'literal');
  if (!filters.ok) return filters;
  const acls: Acl[] = [];
  for (const { resource, name, pattern, principal, operation, ...rest } of filters.value) {
    if (principal === undefined) return failure('--user is missing.');
    if (resource === undefined || name === undefined || pattern === undefined) {
      return failure('Give one of --topic, --group and --cluster.');
    }
    if (operation === undefined) return failure('--operation is missing.');
    const { host = '*', permission = 'allow' } = rest;
    acls.push({ resource, name, pattern, principal, host, operation, permission });
  }
  return ok(acls);
}

function resourceOf(given: ParsedArguments, unprefixed: AclPattern): Result<AclFilter, string> {
  const isPrefixed = given.has(PREFIXED);
  const pattern = isPrefixed ? 'prefixed' : unprefixed;
  const [topic, group] = [given.text(TOPIC), given.text(GROUP)];
  const named: AclFilter[] = [
    ...(topic === undefined ? [] : [{ resource: 'topic', name: topic, pattern } as const]),
    ...(group === undefined ? [] : [{ resource: 'group', name: group, pattern } as const]),
    ...(given.has(CLUSTER)
      ? [{ resource: 'cluster', name: 'kafka-cluster', pattern: 'literal' } as const]
      : []),
  ];
  if (named.length > 1) return failure('Give only one of --topic, --group and --cluster.');
  if (isPrefixed && topic === undefined && group === undefined) {
    return failure('--prefixed needs --topic or --group.');
  }
  return ok(named[0] ?? {});
}
