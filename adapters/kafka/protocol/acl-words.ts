/** What may be allowed or denied, by its code in Kafka's protocol: the names are those that Kafka's own tools print. */
const OPERATIONS = [
  'Unknown',
  'Any',
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
  'CreateTokens',
  'DescribeTokens',
  'TwoPhaseCommit',
] as const;
const RESOURCES = [
  'unknown',
  'any',
  'topic',
  'group',
  'cluster',
  'transactionalId',
  'delegationToken',
  'user',
] as const;
const PATTERNS = ['unknown', 'any', 'match', 'literal', 'prefixed'] as const;
const PERMISSIONS = ['unknown', 'any', 'deny', 'allow'] as const;

export type AclOperation = (typeof OPERATIONS)[number];
export type AclResource = (typeof RESOURCES)[number];
/** `match`, in a filter: every pattern that takes in the name. */
export type AclPattern = (typeof PATTERNS)[number];
export type AclPermission = (typeof PERMISSIONS)[number];

/** One rule of who may what; `unknown` words are of a newer Kafka. */
export interface Acl {
  readonly resource: AclResource;
  /** Of the resource, or what its name begins with; `*` is all; that of the cluster is `kafka-cluster`. */
  readonly name: string;
  readonly pattern: AclPattern;
  /** `User:alice`; `User:*` is everybody. */
  readonly principal: string;
  /** An address; `*` is all. */
  readonly host: string;
  readonly operation: AclOperation;
  readonly permission: AclPermission;
}

/** Which rules are meant; what is absent may be anything. */
export type AclFilter = Partial<Acl>;

/** The words of the protocol's codes, and the way back. */
export const ACL_WORDS = {
  operation: (code: number): AclOperation => OPERATIONS[code] ?? 'Unknown',
  resource: (code: number): AclResource => RESOURCES[code] ?? 'unknown',
  pattern: (code: number): AclPattern => PATTERNS[code] ?? 'unknown',
  permission: (code: number): AclPermission => PERMISSIONS[code] ?? 'unknown',
} as const;
export const ACL_CODES = {
  operation: (word: AclOperation = 'Any'): number => OPERATIONS.indexOf(word),
  resource: (word: AclResource = 'any'): number => RESOURCES.indexOf(word),
  pattern: (word: AclPattern = 'any'): number => PATTERNS.indexOf(word),
  permission: (word: AclPermission = 'any'): number => PERMISSIONS.indexOf(word),
} as const;

const FIRST_OPERATION = 2;

/** What this user may do with something, from the bits of an answer; null where the broker did not tell. */
export function operationsOfBits(bits: number): readonly AclOperation[] | null {
  if (bits === NOT_TOLD) return null;
  return OPERATIONS.filter((_, code) => code > FIRST_OPERATION && (bits & (1 << code)) !== 0);
}

const NOT_TOLD = -2_147_483_648;
