import type { Acl } from '../../adapters/kafka/protocol/acl-words.ts';

/** Alice may read `active-alarms` from everywhere; override what the test is about. */
export function anAcl(more: Partial<Acl> = {}): Acl {
  return {
    resource: 'topic',
    name: 'active-alarms',
    pattern: 'literal',
    principal: 'User:alice',
    host: '*',
    operation: 'Read',
    permission: 'allow',
    ...more,
  };
}
