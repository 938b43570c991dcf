import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startAlarmReader } from '../../../../adapters/alarm-reader/alarm-reader.ts';
import { createAlarmWriter } from '../../../../adapters/alarm-writer/alarm-writer.ts';
import { createEmbeddedSchemaStore } from '../../../../adapters/embedded/embedded-schema-store.ts';
import type { Role } from '../../../../adapters/kafka/administration/roles.ts';
import { createKafkaAlarmLog } from '../../../../adapters/kafka/kafka-alarm-log.ts';
import { createSystemClock } from '../../../../adapters/system/system-clock.ts';
import type { AlarmOrder } from '../../../../core/alarm/orders.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import type { AlarmLog, RecordPosition } from '../../../../core/ports/alarm-log.ts';
import type { SchemaStore } from '../../../../core/ports/schema-store.ts';
import { OWN_SCHEMAS } from '../../../../schemas/avro/subjects.ts';
import { createWireDecoder } from '../../../../schemas/codecs/wire-decoder.ts';
import { ALARM_OCCURRENCES, ALARM_TOPICS } from '../../../../schemas/topics.ts';
import { createKeeper } from '../../../../services/keeper/app.ts';
import { createRecordingListener } from '../../../fakes/recording-listener.ts';
import { epicsOrder } from '../../../support/alarm-ground.ts';
import { answered } from '../../../support/answered.ts';
import { whyNoBroker } from '../../../support/java-process.ts';
import { type SecureSite, startSecureSite } from '../../../support/secure-site.ts';
import { ownBrokerTest } from '../../../support/shared-broker.ts';

const CLOCK = createSystemClock();
let started: SecureSite | undefined;
let schemas: SchemaStore;

beforeAll(async () => {
  schemas = createEmbeddedSchemaStore();
  for (const { subject, schema } of OWN_SCHEMAS) answered(await schemas.register(subject, schema));
  if ((await whyNoBroker()) === null) started = await startSecureSite();
});

afterAll(() => started?.stop());

/** The log as a new user with the rights of a role reaches it. */
async function as<T>(role: Role, work: (log: AlarmLog) => Promise<T>): Promise<T> {
  if (started === undefined) throw new Error('the site was not started');
  const settings = started.settingsOf(await started.addUser(role));
  const log = createKafkaAlarmLog({ ...settings, clientId: 'test', clock: CLOCK });
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

function write(log: AlarmLog, order: AlarmOrder) {
  const identity = { user: 'tester', producer: 'test', host: 'localhost' };
  return createAlarmWriter({ log, schemas, identity, clock: CLOCK }).write(order);
}

/** Reads all alarm topics until the picture is live and the claim holds, or a problem shows; answers that. */
async function readAll(log: AlarmLog): Promise<string> {
  let look: () => void = () => undefined;
  const reader = startAlarmReader({
    log,
    schemas,
    clock: CLOCK,
    decoder: createWireDecoder(),
    topics: ALARM_TOPICS,
    onChange: () => look(),
  });
  const outcome = await new Promise<string>((resolve) => {
    look = () => {
      const { phase } = reader.status();
      if (phase.phase === 'live') resolve('live');
      else if ('problem' in phase && phase.problem !== undefined) resolve(phase.problem.remedy);
    };
    look();
  });
  await reader.close();
  return outcome;
}

const NAME = 'secured:valve';

describe('programs on a secured Kafka, each with the rights of its role alone', () => {
  for (const role of [
    'operator',
    'viewer',
    'shelf-service',
    'keeper',
    'reader',
    'administrator',
  ] as const) {
    ownBrokerTest(`${role}: the whole picture is read`, () =>
      as(role, async (log) => expect(await readAll(log)).toBe('live')),
    );
  }

  ownBrokerTest(
    'an alarm is raised, kept, acknowledged, shelved and unshelved, each by whose it is',
    async () => {
      const raised = await as('source', async (log): Promise<RecordPosition> => {
        expect(await readAll(log)).toMatch(
          /the right Read or Write on topic|the right Read on topic/,
        );
        const refused = await write(log, { name: alarmName(NAME), fact: { fact: 'unshelved' } });
        expect(refused).toMatchObject({ ok: false, error: { problem: { code: 'NotAuthorized' } } });
        expect(JSON.stringify(refused)).toContain('shelved-alarms');
        return answered(await write(log, epicsOrder(NAME, 'MAJOR')));
      });
      await as('keeper', async (log) => {
        const heard = createRecordingListener();
        const reading = log.read([ALARM_OCCURRENCES], heard);
        const identity = { user: 'keeper', host: 'localhost' };
        const keeper = createKeeper({
          log,
          schemas,
          clock: CLOCK,
          identity,
          onNotice: () => undefined,
        });
        keeper.start();
        await heard.until(({ records }) => records.some(({ key }) => String(key) === NAME));
        await keeper.stop();
        await reading.close();
      });
      const acknowledgement: AlarmOrder = {
        name: alarmName(NAME),
        fact: { fact: 'epicsAcknowledged', level: 'MAJOR_ACK' },
        answers: raised,
      };
      const shelf = { expiresAt: CLOCK.now(), reason: 'Other' };
      await as('viewer', async (log) => {
        for (const order of [
          acknowledgement,
          { name: alarmName(NAME), fact: { fact: 'unshelved' } } as const,
        ]) {
          const refused = await write(log, order);
          expect(refused).toMatchObject({
            ok: false,
            error: { problem: { code: 'NotAuthorized' } },
          });
          expect(JSON.stringify(refused)).toMatch(
            /the right Write on topic (active|shelved)-alarms/,
          );
        }
      });
      await as('operator', async (log) => {
        answered(await write(log, acknowledgement));
        answered(await write(log, { name: alarmName(NAME), fact: { fact: 'shelved', shelf } }));
      });
      await as('shelf-service', async (log) => {
        answered(await write(log, { name: alarmName(NAME), fact: { fact: 'unshelved' } }));
        const refused = await write(log, acknowledgement);
        expect(JSON.stringify(refused)).toContain('the right Write on topic active-alarms');
      });
    },
  );
});
