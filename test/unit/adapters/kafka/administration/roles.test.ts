import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rolesHeldBy } from '../../../../../adapters/kafka/administration/grant-role.ts';
import {
  aclsOfRole,
  ROLE_MEANINGS,
  ROLES,
  type RoleRight,
  rightsOf,
} from '../../../../../adapters/kafka/administration/roles.ts';
import { ALARM_TOPICS } from '../../../../../schemas/topics.ts';
import { projectRoot } from '../../../../support/sources/source-files.ts';

const DOCUMENT = readFileSync(join(projectRoot, 'docs/administration.md'), 'utf8');

/** A role's rows as docs/administration.md has them: one a resource, operations in the order of the table in code. */
function rowsOf(rights: readonly RoleRight[]): readonly string[] {
  const operations = new Map<string, string[]>();
  for (const { resource, name, operation } of rights) {
    const what =
      resource === 'topic' ? `\`${name}\`` : resource === 'group' ? 'every group' : 'the cluster';
    operations.set(what, [...(operations.get(what) ?? []), operation]);
  }
  return [...operations].map(([what, list]) => `${what} | ${list.join(', ')}`);
}

describe('the table of least rights', () => {
  it('is the one of docs/administration.md', () => {
    const rows = ROLES.flatMap((role) =>
      rowsOf(rightsOf(role)).map((row) => `| \`${role}\` | ${row} |`),
    );
    const documented = DOCUMENT.split('\n').filter((line) => /^\| `[a-z-]+` \| (`|e|t)/.test(line));
    expect(documented).toEqual(rows);
    for (const role of ROLES) expect(DOCUMENT).toContain(`\`${role}\`: ${ROLE_MEANINGS[role]}`);
  });

  it('lets nobody but those who must write to a topic', () => {
    const writers = ALARM_TOPICS.map((topic) => [
      topic,
      ROLES.filter((role) =>
        rightsOf(role).some(({ name, operation }) => name === topic && operation === 'Write'),
      ),
    ]);
    expect(Object.fromEntries(writers)).toEqual({
      'alarm-occurrences': ['keeper', 'administrator'],
      'registered-alarms': ['administrator'],
      'shelved-alarms': ['operator', 'shelf-service', 'administrator'],
      'active-alarms': ['operator', 'source', 'administrator'],
    });
  });

  it('names each right once in a role', () => {
    for (const role of ROLES) {
      const names = rightsOf(role).map((right) => JSON.stringify({ ...right, why: '' }));
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe('rolesHeldBy', () => {
  it('finds the roles of which a user has every right, and no other', () => {
    const acls = aclsOfRole('viewer', 'olga');
    expect(rolesHeldBy(acls, 'olga')).toEqual(['viewer', 'reader']);
    const more = aclsOfRole('operator', 'olga');
    expect(rolesHeldBy(more, 'olga')).toEqual([
      'operator',
      'viewer',
      'shelf-service',
      'source',
      'reader',
    ]);
    expect(rolesHeldBy(acls.slice(1), 'olga')).toEqual([]);
    expect(rolesHeldBy(acls, 'otto')).toEqual([]);
  });
});
