import type { Acl, AclOperation } from '../protocol/acl-words.ts';

/** What a user may do with a topic by the rules, and which of them say so. */
export type Verdict =
  | {
      readonly verdict: 'allowed';
      /** The addresses from which; `*` is all. */
      readonly from: readonly string[];
      /** The addresses among them from which it is denied after all. */
      readonly exceptFrom: readonly string[];
      readonly by: readonly Acl[];
    }
  /** A rule forbids it, whatever others allow. */
  | { readonly verdict: 'denied'; readonly by: readonly Acl[] }
  | { readonly verdict: 'notGranted' };

/** One cell of the table of who may what. */
export interface EffectiveRight {
  readonly principal: string;
  readonly topic: string;
  readonly operation: AclOperation;
  readonly right: Verdict;
}

/** What the rules cannot tell; belongs under every table made of them. */
export const BEYOND_THE_RULES =
  'Super users may do everything without a rule, and where allow.everyone.if.no.acl.found is set a topic without any rule is open to all: both stand in the settings of the brokers, which they do not tell.';

/** The operations that mean something on a topic. */
export const TOPIC_OPERATIONS = [
  'Read',
  'Write',
  'Describe',
  'DescribeConfigs',
  'Create',
  'Delete',
  'Alter',
  'AlterConfigs',
] as const satisfies readonly AclOperation[];

/**
 * Who may what on these topics, by the rules alone: for every principal that a rule names (`User:*` counts for each).
 * Deny wins over allow; a rule for `*`, for a prefix and for the name itself count alike; some rights include others
 * (Kafka's authorizer: Read, Write, Delete and Alter include Describe; AlterConfigs includes DescribeConfigs).
 */
export function whoMayWhat(
  acls: readonly Acl[],
  topics: readonly string[],
): readonly EffectiveRight[] {
  const principals = [...new Set(acls.map(({ principal }) => principal))].toSorted();
  return principals.flatMap((principal) =>
    topics.flatMap((topic) =>
      TOPIC_OPERATIONS.map((operation) => ({
        principal,
        topic,
        operation,
        right: effectiveRight(acls, principal, topic, operation),
      })),
    ),
  );
}

/** What one principal (`User:alice`) may do with one topic. */
export function effectiveRight(
  acls: readonly Acl[],
  principal: string,
  topic: string,
  operation: AclOperation,
): Verdict {
  const about = acls.filter((acl) => isAbout(acl, principal, topic));
  const denying = about.filter(
    (acl) => acl.permission === 'deny' && takesIn([operation], acl.operation),
  );
  if (denying.some(({ host }) => host === ANY)) return { verdict: 'denied', by: denying };
  const wanted = [operation, ...(INCLUDED_IN[operation] ?? [])];
  const allowing = about.filter(
    (acl) => acl.permission === 'allow' && takesIn(wanted, acl.operation),
  );
  const hosts = hostsOf(allowing);
  const exceptFrom = hostsOf(denying);
  const from = hosts.includes(ANY) ? [ANY] : hosts.filter((host) => !exceptFrom.includes(host));
  if (from.length > 0) {
    return {
      verdict: 'allowed',
      from,
      exceptFrom: from.includes(ANY) ? exceptFrom : [],
      by: allowing,
    };
  }
  return denying.length > 0 ? { verdict: 'denied', by: denying } : { verdict: 'notGranted' };
}

const ANY = '*';
const EVERYBODY = 'User:*';

/** Whoever has one of these has the other too. A denial of them denies only itself. */
const INCLUDED_IN: Partial<Record<AclOperation, readonly AclOperation[]>> = {
  Describe: ['Read', 'Write', 'Delete', 'Alter'],
  DescribeConfigs: ['AlterConfigs'],
};

function isAbout(acl: Acl, principal: string, topic: string): boolean {
  if (acl.resource !== 'topic') return false;
  if (acl.principal !== principal && acl.principal !== EVERYBODY) return false;
  if (acl.pattern === 'prefixed') return topic.startsWith(acl.name);
  return acl.pattern === 'literal' && (acl.name === topic || acl.name === ANY);
}

function takesIn(wanted: readonly AclOperation[], operation: AclOperation): boolean {
  return operation === 'All' || wanted.includes(operation);
}

function hostsOf(acls: readonly Acl[]): readonly string[] {
  return [...new Set(acls.map(({ host }) => host))];
}
