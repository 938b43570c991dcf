import { describe, expect, it } from 'vitest';
import { type AlarmState, unknownAlarm } from '../../../../core/alarm/alarm-state.ts';
import type { AlarmOrder } from '../../../../core/alarm/orders.ts';
import { type AlarmName, alarmName } from '../../../../core/lib/alarm-name.ts';
import { failure, ok, type Result } from '../../../../core/lib/result.ts';
import type { RecordPosition } from '../../../../core/ports/alarm-log.ts';
import {
  CONFIRM_WITHIN_MS,
  type CommandSettled,
  type CommandTarget,
  createCommandDesk,
  type WriteFailure,
} from '../../../../main/commands/command-desk.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';

const channel1 = alarmName('channel1');
const position = (offset: number): RecordPosition => ({
  topic: 'active-alarms',
  partition: 0,
  offset,
});
const acknowledgement = (name: AlarmName): AlarmOrder => ({
  name,
  fact: { fact: 'simpleAcknowledged', isAcknowledged: true },
});
const target = (name: AlarmName): CommandTarget => ({
  name,
  decide: () => ok([acknowledgement(name)]),
});

type Written = Result<RecordPosition, WriteFailure>;

function openDesk() {
  const clock = createFakeClock();
  const states = new Map<AlarmName, AlarmState>([[channel1, unknownAlarm(channel1)]]);
  const settled: CommandSettled[] = [];
  const writes: { readonly order: AlarmOrder; readonly answer: (written: Written) => void }[] = [];
  const reader = { isLive: true, readUpTo: 0, listener: () => {} };
  let made = 0;
  const desk = createCommandDesk({
    clock,
    createId: () => `command-${++made}`,
    formatTime: (at) => new Date(at).toISOString(),
    write: (order) => new Promise((answer) => writes.push({ order, answer })),
    alarms: {
      isLive: () => reader.isLive,
      state: (name) => states.get(name),
      now: () => clock.now(),
      hasRead: ({ offset }) => offset < reader.readUpTo,
      onRead(listener) {
        reader.listener = listener;
        return () => {
          reader.listener = () => {};
        };
      },
    },
  });
  const readUpTo = (offset: number) => {
    reader.readUpTo = offset;
    reader.listener();
  };
  const run = (...targets: readonly CommandTarget[]) =>
    desk.run(targets, (outcome) => settled.push(outcome));
  /** Lets promises that are ready run on. */
  const settlePromises = () => new Promise<void>((resolve) => setImmediate(resolve));
  const answer = async (index: number, written: Written) => {
    writes[index]?.answer(written);
    await settlePromises();
  };
  return { clock, states, settled, writes, reader, desk, readUpTo, run, answer };
}

describe('a command', () => {
  it('is pending until its own record comes back, then done', async () => {
    const { run, writes, answer, readUpTo, settled, clock } = openDesk();
    const tickets = await run(target(channel1));
    expect(tickets).toEqual([{ name: 'channel1', state: 'pending', commandId: 'command-1' }]);
    expect(writes.map((write) => write.order)).toEqual([acknowledgement(channel1)]);
    await answer(0, ok(position(7)));
    readUpTo(7);
    expect(settled).toEqual([]);
    readUpTo(8);
    expect(settled).toEqual([{ commandId: 'command-1', name: 'channel1', outcome: 'done' }]);
    clock.advanceBy(CONFIRM_WITHIN_MS * 2);
    expect(settled).toHaveLength(1);
  });

  it('is done as well when its record comes back before the log has answered', async () => {
    const { run, answer, readUpTo, settled } = openDesk();
    await run(target(channel1));
    readUpTo(8);
    await answer(0, ok(position(7)));
    expect(settled).toMatchObject([{ outcome: 'done' }]);
  });

  it('is refused while the console is not live, and writes nothing', async () => {
    const { run, writes, reader } = openDesk();
    reader.isLive = false;
    expect(await run(target(channel1))).toMatchObject([
      { state: 'refused', refusal: { code: 'NotLive' } },
    ]);
    expect(writes).toEqual([]);
  });

  it('is refused for an alarm that does not exist', async () => {
    const { run } = openDesk();
    expect(await run(target(alarmName('nobody')))).toMatchObject([
      { name: 'nobody', state: 'refused', refusal: { code: 'UnknownAlarm' } },
    ]);
  });

  it('is refused with what core decided, in words', async () => {
    const { run, writes } = openDesk();
    const refusing: CommandTarget = {
      name: channel1,
      decide: () => failure({ code: 'NothingToAcknowledge', alarm: 'channel1' }),
    };
    const [ticket] = await run(refusing);
    expect(ticket).toMatchObject({ state: 'refused', refusal: { code: 'NothingToAcknowledge' } });
    expect(writes).toEqual([]);
  });

  it('is unconfirmed after 5 s without its record, and done when it comes after all', async () => {
    const { run, answer, readUpTo, settled, clock } = openDesk();
    await run(target(channel1));
    await answer(0, ok(position(7)));
    clock.advanceBy(CONFIRM_WITHIN_MS - 1);
    expect(settled).toEqual([]);
    clock.advanceBy(1);
    readUpTo(8);
    expect(settled.map(({ outcome }) => outcome)).toEqual(['unconfirmed', 'done']);
  });

  it('is refused when the log does not take its record', async () => {
    const { run, answer, settled, clock } = openDesk();
    await run(target(channel1));
    const reason = { code: 'LogRefused', alarm: 'channel1', detail: 'The disk is full.' } as const;
    await answer(0, failure({ reason, isEffectKnown: true }));
    clock.advanceBy(CONFIRM_WITHIN_MS);
    expect(settled).toMatchObject([{ outcome: 'refused', refusal: { code: 'LogRefused' } }]);
    expect(settled[0]?.refusal?.message).toContain('The disk is full.');
  });

  it('is unconfirmed, not refused, when nobody knows whether the log took it', async () => {
    const { run, answer, settled, clock } = openDesk();
    await run(target(channel1));
    const reason = { code: 'LogRefused', alarm: 'channel1' } as const;
    await answer(0, failure({ reason, isEffectKnown: false }));
    expect(settled).toEqual([]);
    clock.advanceBy(CONFIRM_WITHIN_MS);
    expect(settled).toMatchObject([{ outcome: 'unconfirmed' }]);
  });

  it('writes the records of one alarm one after the other and waits for all', async () => {
    const { run, writes, answer, readUpTo, settled } = openDesk();
    const both: CommandTarget = {
      name: channel1,
      decide: () => ok([acknowledgement(channel1), acknowledgement(channel1)]),
    };
    await run(both);
    expect(writes).toHaveLength(1);
    await answer(0, ok(position(7)));
    expect(writes).toHaveLength(2);
    readUpTo(8);
    await answer(1, ok(position(9)));
    expect(settled).toEqual([]);
    readUpTo(10);
    expect(settled).toMatchObject([{ outcome: 'done' }]);
  });

  it('to many alarms is answered alarm by alarm, with a bounded number of writes at once', async () => {
    const { run, writes, states } = openDesk();
    const names = Array.from({ length: 1_000 }, (_, index) => alarmName(`alarm${index}`));
    for (const name of names) states.set(name, unknownAlarm(name));
    const tickets = await run(...names.map(target), target(alarmName('nobody')));
    expect(tickets.filter((ticket) => ticket.state === 'pending')).toHaveLength(1_000);
    expect(tickets.filter((ticket) => ticket.state === 'refused')).toHaveLength(1);
    expect(writes).toHaveLength(64);
  });

  it('leaves no timer behind when the desk closes', async () => {
    const { run, desk, clock, settled } = openDesk();
    await run(target(channel1));
    desk.close();
    clock.advanceBy(CONFIRM_WITHIN_MS);
    expect(settled).toEqual([]);
    expect(clock.waiting).toBe(0);
  });
});
