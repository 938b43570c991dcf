import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  ResourcePatternTypes,
} from 'kafkajs';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createKafkaAlarmLog } from '../../../../adapters/kafka/kafka-alarm-log.ts';
import { createSystemClock } from '../../../../adapters/system/system-clock.ts';
import { durationMs } from '../../../../core/lib/units.ts';
import type { AlarmLog } from '../../../../core/ports/alarm-log.ts';
import { aLogAppend } from '../../../builders/a-log-append.ts';
import { createRecordingListener, isIn } from '../../../fakes/recording-listener.ts';
import { whyNoBroker } from '../../../support/java-process.ts';
import { type SecureBroker, startSecureBroker } from '../../../support/secure-broker.ts';
import { ownBrokerTest } from '../../../support/shared-broker.ts';
import { createTemporaryTopics, withAdmin } from '../../../support/temporary-topics.ts';

let started: SecureBroker | undefined;

beforeAll(async () => {
  if ((await whyNoBroker()) === null) started = await startSecureBroker();
});

afterAll(() => started?.stop());

function theBroker(): SecureBroker {
  if (started === undefined) throw new Error('the broker was not started');
  return started;
}

/** The log as somebody reaches it; `astrid` where nothing else is said. */
async function withLog<T>(
  settings: Partial<Parameters<typeof createKafkaAlarmLog>[0]>,
  work: (log: AlarmLog) => Promise<T>,
): Promise<T> {
  const { secure, ca } = theBroker();
  const log = createKafkaAlarmLog({
    bootstrapServers: secure,
    clientId: 'test',
    clock: createSystemClock(),
    tls: { ca },
    sasl: { mechanism: 'plain', username: 'astrid', password: 'astrid-secret' },
    limits: { connectMs: durationMs(5_000), appendMs: durationMs(8_000) },
    ...settings,
  });
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

/** Runs with a topic of its own, on which astrid has these rights. */
async function withTopic(
  rights: readonly AclOperationTypes[],
  work: (topic: string) => Promise<void>,
): Promise<void> {
  const { plain } = theBroker();
  const topics = await createTemporaryTopics(plain, ['rights']);
  const topic = topics.nameOf('rights');
  const acl = rights.map((operation) => ({
    resourceType: AclResourceTypes.TOPIC,
    resourceName: topic,
    resourcePatternType: ResourcePatternTypes.LITERAL,
    principal: 'User:astrid',
    host: '*',
    operation,
    permissionType: AclPermissionTypes.ALLOW,
  }));
  if (acl.length > 0) await withAdmin(plain, (admin) => admin.createAcls({ acl }));
  try {
    await work(topic);
  } finally {
    await topics.remove();
  }
}

describe('a Kafka that asks who comes', () => {
  ownBrokerTest('refuses a wrong password: the user is named, the password is not', () =>
    withLog(
      { sasl: { mechanism: 'plain', username: 'astrid', password: 'wrong-secret' } },
      async (log) => {
        const described = await log.describeTopics(['active-alarms']);
        expect(described).toMatchObject({ error: { code: 'AuthenticationFailed' } });
        const said = JSON.stringify(described);
        expect(said).toContain('as astrid');
        expect(said).not.toContain('wrong-secret');
      },
    ),
  );

  ownBrokerTest('refuses a mechanism that it does not have', () =>
    withLog(
      { sasl: { mechanism: 'scram-sha-512', username: 'astrid', password: 'astrid-secret' } },
      async (log) => {
        const described = await log.describeTopics(['active-alarms']);
        expect(described).toMatchObject({ error: { code: 'AuthenticationFailed' } });
        expect(JSON.stringify(described)).toContain('as astrid (scram-sha-512)');
      },
    ),
  );

  ownBrokerTest('with a certificate that is not trusted: says so', () =>
    withLog({ tls: {} }, async (log) => {
      const described = await log.describeTopics(['active-alarms']);
      expect(described).toMatchObject({ error: { code: 'TlsFailed', isRetriable: false } });
      expect(JSON.stringify(described)).toContain('is not trusted');
    }),
  );

  ownBrokerTest('without TLS: says that it speaks TLS', async () => {
    const { secure } = theBroker();
    const plain = { bootstrapServers: secure, clientId: 'test', clock: createSystemClock() };
    const log = createKafkaAlarmLog(plain);
    const described = await log.describeTopics(['active-alarms']);
    await log.close();
    expect(described).toMatchObject({ error: { code: 'NotALog', isRetriable: false } });
    expect(JSON.stringify(described)).toContain('speaks TLS');
  });
});

describe('a user without rights', () => {
  ownBrokerTest('is told so of everything, at once', () =>
    withTopic([], (topic) =>
      withLog({}, async (log) => {
        const refused = { ok: false, error: { code: 'NotAuthorized', isRetriable: false } };
        expect(await log.append(aLogAppend(topic))).toMatchObject(refused);
        expect(await log.describeTopics([topic])).toMatchObject(refused);
        const spec = { topic: `${topic}-more`, partitions: 1, settings: {} };
        expect(await log.createTopics([spec])).toMatchObject(refused);
      }),
    ),
  );

  ownBrokerTest('who may only read: reads, sees what he may of the topic, and cannot write', () =>
    withTopic([AclOperationTypes.READ], (topic) =>
      withLog({}, async (log) => {
        const heard = createRecordingListener();
        const reading = log.read([topic], heard);
        await heard.until(isIn('live'));
        await reading.close();
        expect(await log.describeTopics([topic])).toEqual({
          ok: true,
          value: [
            {
              topic,
              exists: true,
              partitions: 1,
              settings: { 'replication.factor': '1', brokers: '1' },
            },
          ],
        });
        const appended = await log.append(aLogAppend(topic));
        expect(appended).toMatchObject({ ok: false, error: { code: 'NotAuthorized' } });
        expect(JSON.stringify(appended)).toContain(topic);
      }),
    ),
  );

  ownBrokerTest('who may write: writes, each record once', () =>
    withTopic([AclOperationTypes.WRITE], (topic) =>
      withLog({}, async (log) => {
        const answers = [await log.append(aLogAppend(topic)), await log.append(aLogAppend(topic))];
        expect(answers).toEqual(
          [0, 1].map((offset) => ({ ok: true, value: { topic, partition: 0, offset } })),
        );
      }),
    ),
  );
});
