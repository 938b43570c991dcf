import { afterAll, beforeAll, describe, expect } from 'vitest';
import { addAcls, removeAcls } from '../../../../adapters/kafka/administration/acls.ts';
import { grantRole, revokeRole } from '../../../../adapters/kafka/administration/grant-role.ts';
import { lackedRights, ownRights } from '../../../../adapters/kafka/administration/own-rights.ts';
import { applyReset } from '../../../../adapters/kafka/administration/reset-offsets.ts';
import {
  aclsOfRole,
  ROLES,
  type Role,
  rightsOf,
} from '../../../../adapters/kafka/administration/roles.ts';
import { createKafkaCluster } from '../../../../adapters/kafka/connection/kafka-cluster.ts';
import { createLogReading } from '../../../../adapters/kafka/reading/log-reading.ts';
import { createSystemClock } from '../../../../adapters/system/system-clock.ts';
import { durationMs } from '../../../../core/lib/units.ts';
import { ACTIVE_ALARMS, ALARM_TOPICS } from '../../../../schemas/topics.ts';
import { createRecordingListener, isIn } from '../../../fakes/recording-listener.ts';
import { answered } from '../../../support/answered.ts';
import { countedCluster } from '../../../support/counted-cluster.ts';
import { whyNoBroker } from '../../../support/java-process.ts';
import { withCluster } from '../../../support/kafka-connection.ts';
import { DEED_GROUP, doDeed } from '../../../support/role-deeds.ts';
import { type SecureSite, startSecureSite } from '../../../support/secure-site.ts';
import { ownBrokerTest } from '../../../support/shared-broker.ts';

let started: SecureSite | undefined;

beforeAll(async () => {
  if ((await whyNoBroker()) !== null) return;
  const site = await startSecureSite();
  started = site;
  await withCluster(site.admin, async (cluster) => {
    const moves = [{ topic: ACTIVE_ALARMS, partition: 0, from: null, to: 0 }];
    answered(await applyReset(cluster, { group: DEED_GROUP, moves }));
  });
});

afterAll(() => started?.stop());

function site(): SecureSite {
  if (started === undefined) throw new Error('the site was not started');
  return started;
}

/** Runs as the super user. */
const asAdmin = <T>(work: Parameters<typeof withCluster<T>>[1]): Promise<T> =>
  withCluster(site().admin, work);

describe('the least rights of each role', () => {
  for (const role of ROLES) {
    ownBrokerTest(
      `${role}: enough, and each one needed: its lack is named`,
      async () => {
        const user = await site().addUser(role);
        const settings = site().settingsOf(user);
        const acls = aclsOfRole(role, user);
        const told: (readonly [string, string])[] = [];
        for (const [index, right] of rightsOf(role).entries()) {
          // What would be lost by a deletion is needed by the next test.
          const held =
            right.operation === 'Delete' ? null : await doDeed(settings, right, ACTIVE_ALARMS);
          const acl = acls[index];
          if (acl === undefined) throw new Error('a right without a rule');
          await asAdmin(async (cluster) => answered(await removeAcls(cluster, [acl])));
          const lacking = await doDeed(settings, right, ACTIVE_ALARMS);
          await asAdmin(async (cluster) => answered(await addAcls(cluster, [acl])));
          const what = `${right.operation} on ${right.resource} ${right.name}`;
          if (held !== null) expect([what, held]).toMatchObject([what, { ok: true }]);
          told.push([what, lacking.ok ? 'nothing was refused' : lacking.error.remedy]);
        }
        for (const [what, remedy] of told) expect(remedy).toMatch(patternOf(what));
      },
      120_000,
    );
  }

  ownBrokerTest('are told beforehand by the broker: nothing is missing, and what is', async () => {
    const user = await site().addUser('operator');
    await withCluster(site().settingsOf(user), async (cluster) => {
      const own = answered(await ownRights(cluster, ALARM_TOPICS));
      expect(lackedRights(own, rightsOf('operator'))).toEqual([]);
      expect(lackedRights(own, rightsOf('keeper'))).toEqual([
        'The right Write on topic alarm-occurrences is missing: nothing can be written to it.',
      ]);
    });
  });

  ownBrokerTest('are taken away with a role, but for those that another role needs', async () => {
    const user = await site().addUser('viewer');
    const told = async (role: Role) =>
      withCluster(site().settingsOf(user), async (cluster) =>
        lackedRights(answered(await ownRights(cluster, ALARM_TOPICS)), rightsOf(role)),
      );
    await asAdmin(async (cluster) => answered(await grantRole(cluster, 'operator', user)));
    expect(await told('operator')).toEqual([]);
    const gone = await asAdmin(async (cluster) =>
      answered(await revokeRole(cluster, 'operator', user, ['viewer'])),
    );
    expect(gone.map(({ name, operation }) => `${operation} ${name}`)).toEqual([
      'Write shelved-alarms',
      'Write active-alarms',
    ]);
    expect(await told('viewer')).toEqual([]);
    expect(await told('operator')).toHaveLength(2);
    await asAdmin(async (cluster) => answered(await revokeRole(cluster, 'viewer', user)));
    expect(await told('viewer')).toHaveLength(2 * ALARM_TOPICS.length);
  });
});

describe('a right that is revoked while it is used', () => {
  ownBrokerTest(
    'the reading says which on which topic, knocks seldom, and goes on when it is given back',
    async () => {
      const user = await site().addUser('viewer');
      const read = { principal: `User:${user}`, name: ACTIVE_ALARMS, operation: 'Read' } as const;
      const cluster = countedCluster(
        createKafkaCluster({ ...site().settingsOf(user), clientId: 'test' }),
      );
      const heard = createRecordingListener();
      const reading = createLogReading(cluster, [ACTIVE_ALARMS], heard, {
        clock: createSystemClock(),
        staleAfterMs: durationMs(4_000),
        retentionsOf: async (asked) => new Map(asked.map((topic) => [topic, null])),
      });
      await heard.until(isIn('live'));
      await asAdmin(async (admin) => answered(await removeAcls(admin, [read])));
      await heard.until(({ phases }) => problemOf(phases.at(-1)) !== undefined);
      expect(problemOf(heard.phases.at(-1))).toMatchObject({
        code: 'NotAuthorized',
        message: expect.stringContaining(ACTIVE_ALARMS),
        remedy: expect.stringMatching(/the right Read (or Write )?on topic active-alarms/),
      });
      // It knocks again by itself, but not before long, and then gives way at once.
      const told = cluster.requests;
      const toldAt = performance.now();
      await cluster.next();
      expect(performance.now() - toldAt).toBeGreaterThan(5_000);
      expect(cluster.requests - told).toBe(1);
      const from = heard.phases.length;
      const acls = aclsOfRole('viewer', user);
      await asAdmin(async (admin) => answered(await addAcls(admin, acls)));
      await heard.until(({ phases }) => phases.slice(from).at(-1)?.phase === 'live');
      expect(cluster.requests - told).toBeLessThan(40);
      await reading.close();
      await cluster.close();
    },
  );
});

/** “Read on topic x” may be said as “Read or Write on topic x” where both are missing; rights on all groups, of one. */
function patternOf(what: string): RegExp {
  const [, operation = '', resource = '', name = ''] = /^(\w+) on (\w+) (.*)$/.exec(what) ?? [];
  if (resource === 'cluster') return new RegExp(`the right ${operation} on the cluster`);
  // Whoever has none on a group is refused at the first question, which is who looks after it.
  if (resource === 'group') {
    return new RegExp(`the right (${operation}|Describe) on group ${DEED_GROUP}`);
  }
  const either = operation === 'Read' || operation === 'Write';
  const said = either ? `(${operation}|Read or Write)` : operation;
  return new RegExp(`the right ${said} on topic ${name}`);
}

function problemOf(
  phase: ReturnType<typeof createRecordingListener>['phases'][number] | undefined,
) {
  return phase !== undefined && 'problem' in phase ? phase.problem : undefined;
}
