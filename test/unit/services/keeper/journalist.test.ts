import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmOrder } from '../../../../core/alarm/orders.ts';
import { dropRepeats } from '../../../../core/journal/read-journal.ts';
import { identityOf } from '../../../../core/journal/transition.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { failure } from '../../../../core/lib/result.ts';
import { epochMs } from '../../../../core/lib/units.ts';
import type { AlarmLog, LogProblem } from '../../../../core/ports/alarm-log.ts';
import { ALARM_JOURNAL } from '../../../../schemas/topics.ts';
import { createKeeper, type Keeper, type KeeperNotice } from '../../../../services/keeper/app.ts';
import { type AlarmGround, createAlarmGround, epicsOrder } from '../../../support/alarm-ground.ts';
import { createJournalTopic, identitiesOf, readJournal } from '../../../support/journal-ground.ts';

const A = alarmName('A');
const ACK: AlarmOrder = { name: A, fact: { fact: 'epicsAcknowledged', level: 'MAJOR_ACK' } };
const UNSHELVED: AlarmOrder = { name: A, fact: { fact: 'unshelved' } };

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

function shelved(expiresAt: number): AlarmOrder {
  const shelf = { expiresAt: epochMs(expiresAt), reason: 'noisy' };
  return { name: A, fact: { fact: 'shelved', shelf } };
}

/** The journal once it has so many transitions, repeats counted once. */
async function told(ground: AlarmGround, count: number) {
  const { transitions } = await readJournal(ground, ({ identities }) => identities.size >= count);
  return transitions;
}

const kindsOf = (transitions: Awaited<ReturnType<typeof told>>) =>
  transitions.map(({ kind }) => kind);

describe('the journal that a keeper writes', () => {
  it('tells every transition, with who did it', async () => {
    const ground = await aGround();
    const keeper = aKeeper(ground);
    await ground.write(epicsOrder('A', 'MINOR'), epicsOrder('A', 'MAJOR'), ACK);
    await ground.write(epicsOrder('A', 'NO_ALARM'));
    const transitions = await told(ground, 5);
    expect(kindsOf(transitions)).toEqual([
      'opened',
      'raised',
      'acknowledged',
      'returned',
      'closed',
    ]);
    expect(transitions[2]?.cause.audit).toEqual({
      user: 'tester',
      producer: 'test',
      host: 'localhost',
    });
    await keeper.stop();
  });

  it('tells the end of a shelf by time once: the tombstone that follows says the same', async () => {
    const ground = await aGround();
    const keeper = aKeeper(ground);
    await ground.write(shelved(ground.clock.now() + 100));
    const [, ended] = await told(ground, 2);
    expect(ended).toMatchObject({ kind: 'shelfEnded', trigger: null });
    await ground.write(UNSHELVED, epicsOrder('A', 'MAJOR'));
    expect(kindsOf(await told(ground, 3))).toEqual(['shelved', 'shelfEnded', 'opened']);
    await keeper.stop();
  });

  it('tells the end of a shelf that was over while no keeper ran', async () => {
    const ground = await aGround();
    const first = aKeeper(ground);
    const endsAt = ground.clock.now() + 200;
    await ground.write(shelved(endsAt));
    await told(ground, 1);
    await first.stop();
    await new Promise<void>((resolve) => {
      ground.clock.callAt(epochMs(endsAt + 1), resolve);
    });
    const second = aKeeper(ground);
    const [, ended] = await told(ground, 2);
    expect(ended).toMatchObject({ kind: 'shelfEnded', at: endsAt });
    await second.stop();
  });

  it('goes on where it was: a keeper that starts tells nothing again, and what happened meanwhile', async () => {
    const ground = await aGround();
    const first = aKeeper(ground);
    const names = Array.from({ length: 300 }, (_, index) => `alarm ${index}`);
    await ground.write(...names.map((name) => epicsOrder(name, 'MAJOR')));
    await told(ground, 300);
    await first.stop();
    await ground.write(ACK, epicsOrder('alarm 7', 'NO_ALARM'));
    const second = aKeeper(ground);
    const transitions = await told(ground, 303);
    expect(transitions).toHaveLength(303);
    expect(kindsOf(transitions).slice(300)).toEqual([
      'acknowledgementNotCounted',
      'returned',
      'closed',
    ]);
    await second.stop();
  });

  it('is complete, however often keepers were stopped and however many ran', async () => {
    const anyStep = fc.oneof(
      fc.record({
        step: fc.constant('write' as const),
        name: fc.constantFrom('A', 'B', 'C'),
        severity: fc.constantFrom('MINOR', 'MAJOR', 'NO_ALARM'),
      }),
      fc.record({ step: fc.constant('ack' as const) }),
      fc.record({ step: fc.constant('start' as const) }),
      fc.record({ step: fc.constant('stop' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 40 }), async (steps) => {
        const ground = await aGround();
        const keepers: Keeper[] = [];
        for (const step of steps) {
          if (step.step === 'write') await ground.write(epicsOrder(step.name, step.severity));
          else if (step.step === 'ack') await ground.write(ACK);
          else if (step.step === 'start' && keepers.length < 3) keepers.push(aKeeper(ground));
          else await keepers.shift()?.stop();
        }
        keepers.push(aKeeper(ground));
        const expected = await identitiesOf(ground);
        const { identities } = await readJournal(
          ground,
          (so) => so.identities.size >= expected.size,
        );
        expect([...identities].sort()).toEqual([...expected].sort());
        await Promise.all(keepers.map((keeper) => keeper.stop()));
        await ground.log.close();
      }),
      { numRuns: 60 },
    );
  });

  it('has few repeats where ten keepers run: one writes, the others watch', async () => {
    const ground = await aGround();
    const keepers = Array.from({ length: 10 }, () => aKeeper(ground));
    const rounds = 30;
    for (let round = 1; round <= rounds; round += 1) {
      await ground.write(epicsOrder(`alarm ${round}`, 'MAJOR'));
      await told(ground, round);
    }
    await ground.write(epicsOrder('last', 'MAJOR'));
    const transitions = await told(ground, rounds + 1);
    expect(dropRepeats(transitions)).toHaveLength(rounds + 1);
    expect(transitions.length).toBeLessThan((rounds + 1) * 3);
    await Promise.all(keepers.map((keeper) => keeper.stop()));
  });
});

describe('a keeper and a journal that is not there', () => {
  it('keeps occurrences without, and tells everything once it is there', async () => {
    const ground = await createAlarmGround();
    const notices: KeeperNotice[] = [];
    const keeper = aKeeper(ground, (notice) => notices.push(notice));
    await ground.write(epicsOrder('A', 'MAJOR'));
    const kept = ground.read();
    await kept.until(({ book }) => (book.state(A)?.snapshot ?? null) !== null);
    await kept.reader.close();
    expect(notices).toContainEqual(expect.objectContaining({ notice: 'journal', isKept: false }));
    await createJournalTopic(ground.log);
    await ground.write(ACK);
    expect(kindsOf(await told(ground, 1))).toEqual(['acknowledged']);
    expect(notices).toContainEqual({ notice: 'journal', isKept: true });
    await keeper.stop();
  });

  it('writes a snapshot only after the journal, but does not wait for ever', async () => {
    const ground = await aGround();
    const order: string[] = [];
    let refusals = 0;
    const log: AlarmLog = {
      read: (topics, listener, tail) => ground.log.read(topics, listener, tail),
      append: async (record) => {
        if (record.topic === ALARM_JOURNAL && refusals < 3) {
          refusals += 1;
          return failure(NOT_NOW);
        }
        const written = await ground.log.append(record);
        order.push(record.topic);
        return written;
      },
      describeTopics: (topics) => ground.log.describeTopics(topics),
      createTopics: (specs) => ground.log.createTopics(specs),
      close: () => ground.log.close(),
    };
    const keeper = aKeeper({ ...ground, log });
    await ground.write(epicsOrder('A', 'MAJOR'));
    await told(ground, 1);
    await ground.write(ACK);
    const transitions = await told(ground, 2);
    expect(kindsOf(transitions)).toEqual(['opened', 'acknowledged']);
    expect(order.slice(0, 2)).toEqual(['alarm-occurrences', ALARM_JOURNAL]);
    const answered = ground.read();
    await answered.until(({ book }) => book.state(A)?.snapshot?.upTo.offset === 1);
    await answered.reader.close();
    expect(order.slice(-2)).toEqual([ALARM_JOURNAL, 'alarm-occurrences']);
    await keeper.stop();
  });
});

const NOT_NOW: LogProblem = {
  code: 'Unreachable',
  message: 'Nothing answers.',
  remedy: 'Wait.',
  isRetriable: true,
};

describe('identities', () => {
  it('are the same for keepers and for whoever folds the whole log', async () => {
    const ground = await aGround();
    const keeper = aKeeper(ground);
    await ground.write(epicsOrder('A', 'MINOR'), ACK);
    const transitions = await told(ground, 2);
    expect(new Set(transitions.map(identityOf))).toEqual(await identitiesOf(ground));
    await keeper.stop();
  });
});
