import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import type { AlarmOrder } from '../../../../core/alarm/orders.ts';
import { identityOf } from '../../../../core/journal/transition.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { epochMs } from '../../../../core/lib/units.ts';
import type { AlarmLog } from '../../../../core/ports/alarm-log.ts';
import { createWireDecoder } from '../../../../schemas/codecs/wire-decoder.ts';
import { ALARM_JOURNAL, ALARM_TOPICS } from '../../../../schemas/topics.ts';
import { createKeeper, type Keeper, type KeeperNotice } from '../../../../services/keeper/app.ts';
import { journalOf } from '../../../builders/journal-run.ts';
import { type AlarmGround, createAlarmGround, epicsOrder } from '../../../support/alarm-ground.ts';
import { createJournalTopic, readJournal } from '../../../support/journal-ground.ts';

const A = alarmName('A');
const ACK: AlarmOrder = { name: A, fact: { fact: 'epicsAcknowledged', level: 'MAJOR_ACK' } };

async function aGround(): Promise<AlarmGround> {
  const ground = await createAlarmGround();
  await createJournalTopic(ground.log);
  return ground;
}

function aKeeper(
  { log, schemas, clock }: Pick<AlarmGround, 'log' | 'schemas' | 'clock'>,
  onNotice: (notice: KeeperNotice) => void = () => undefined,
): Keeper {
  const identity = { user: 'keeper', host: 'localhost' };
  const keeper = createKeeper({ log, schemas, clock, identity, onNotice });
  keeper.start();
  return keeper;
}

function shelf(name: string, expiresAt: number): AlarmOrder {
  return {
    name: alarmName(name),
    fact: { fact: 'shelved', shelf: { expiresAt: epochMs(expiresAt), reason: 'noisy' } },
  };
}

/** Everything in the alarm topics, in the order in which a keeper folds it. */
async function wholeLog({ log, read }: AlarmGround): Promise<AlarmEvent[]> {
  const decoder = createWireDecoder();
  const { reader, until } = read();
  await until(({ isAtHead }) => isAtHead);
  await reader.close();
  for (const { id, schema } of await schemasOf()) decoder.learnSchema(id, schema);
  const events: AlarmEvent[] = [];
  for (const topic of ['registered-alarms', 'shelved-alarms', 'active-alarms']) {
    events.push(...(await eventsOf(log, topic, decoder)));
  }
  return events;
}

const told = (kinds: readonly string[]) => async (ground: AlarmGround) => {
  const { transitions } = await readJournal(
    ground,
    (journal) => journal.transitions.length >= kinds.length,
  );
  expect(transitions.map(({ kind }) => kind)).toEqual(kinds);
  return transitions;
};

describe('the journal that a keeper writes', () => {
  it('tells every transition, with who did it', async () => {
    const ground = await aGround();
    const keeper = aKeeper(ground);
    await ground.write(epicsOrder('A', 'MINOR'), epicsOrder('A', 'MAJOR'), ACK);
    await ground.write(epicsOrder('A', 'NO_ALARM'));
    const transitions = await told(['opened', 'raised', 'acknowledged', 'returned', 'closed'])(
      ground,
    );
    expect(transitions[2]?.cause.audit).toEqual({
      user: 'tester',
      producer: 'test',
      host: 'localhost',
    });
    await keeper.stop();
  });
});
