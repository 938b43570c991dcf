import { afterEach, describe, expect, it, vi } from 'vitest';
import { createAlarmWriter } from '../../../../adapters/alarm-writer/alarm-writer.ts';
import { createEmbeddedSchemaStore } from '../../../../adapters/embedded/embedded-schema-store.ts';
import { openMemoryLog } from '../../../../adapters/embedded/memory-log.ts';
import { createSystemClock } from '../../../../adapters/system/system-clock.ts';
import type { AlarmFact } from '../../../../core/alarm/events.ts';
import type { AlarmRow } from '../../../../core/effective-state/alarm-row.ts';
import { unpackRows } from '../../../../core/effective-state/packed-rows.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { ok } from '../../../../core/lib/result.ts';
import { eventSchemas } from '../../../../ipc/contract.ts';
import { type ConsoleCore, createConsoleCore } from '../../../../main/console/console-core.ts';
import type { SendEvent } from '../../../../main/ipc/send-event.ts';
import { createRecordingLogger } from '../../../fakes/recording-logger.ts';

const WINDOW = 1;
const opened: ConsoleCore[] = [];

afterEach(async () => {
  for (const core of opened.splice(0)) await core.close();
});

/** A console on a log in memory, with one window that acknowledges each message and keeps what it was told. */
async function openConsole() {
  const clock = createSystemClock();
  const log = await openMemoryLog({ clock });
  const schemas = createEmbeddedSchemaStore();
  const rows = new Map<string, AlarmRow>();
  const settled: unknown[] = [];
  let made = 0;
  const send: SendEvent = (name, payload) => {
    if (name === 'feed:changed') takeMessage(eventSchemas['feed:changed'].parse(payload));
    if (name === 'command:settled') settled.push(payload);
    return true;
  };
  const core: ConsoleCore = createConsoleCore({
    profile: { log: 'embedded', folder: 'alarm-log' },
    openLog: () => Promise.resolve(ok({ log, schemas, notices: [], close: () => log.close() })),
    startServices: () => Promise.resolve({ close: () => Promise.resolve() }),
    mayCreate: true,
    identity: { user: 'alice', producer: 'klaxon-console', host: 'console1' },
    version: '0.1.0',
    clock,
    logger: createRecordingLogger(),
    createId: () => `command-${++made}`,
    formatTime: (at) => new Date(at).toISOString(),
    sendTo: () => send,
    broadcast: send,
    onSnapshotTaken: () => {},
  });
  opened.push(core);
  function takeMessage(message: ReturnType<(typeof eventSchemas)['feed:changed']['parse']>): void {
    for (const row of unpackRows(message.rows)) rows.set(row.name, row);
    for (const name of message.removed) rows.delete(name);
    core.feeds.acknowledgeMessage(WINDOW, message.feedId, message.sequence);
  }
  const writer = createAlarmWriter({
    log,
    schemas,
    clock,
    identity: { user: 'source', producer: 'a-source', host: 'ioc1' },
  });
  const write = async (name: string, fact: Exclude<AlarmFact, { fact: 'undecodable' }>) => {
    const written = await writer.write({ name: alarmName(name), fact });
    expect(written).toMatchObject({ ok: true });
  };
  core.start();
  await core.handlers['feed:openFeed']({}, WINDOW);
  await vi.waitFor(() => expect(core.picture.status().phase.phase).toBe('live'));
  return { core, rows, settled, write };
}

describe('a console on a log in memory', () => {
  it('shows an alarm that another program writes, and acknowledges it as the operator', async () => {
    const { core, rows, settled, write } = await openConsole();
    await write('channel1', { fact: 'epicsChanged', severity: 'MAJOR', status: 'HIHI' });
    await vi.waitFor(() => expect(rows.get('channel1')?.actual).toBe('unacknowledged'));
    const calls = { ...rows.get('channel1')?.calls };
    const tickets = await core.handlers['alarm:acknowledgeAlarms'](
      { alarms: [{ name: 'channel1', calls }] },
      WINDOW,
    );
    expect(tickets).toMatchObject({ ok: true, value: [{ state: 'pending' }] });
    await vi.waitFor(() => expect(settled).toMatchObject([{ outcome: 'done' }]));
    await vi.waitFor(() => expect(rows.get('channel1')?.acknowledgedBy).toBe('alice'));
    const detail = await core.handlers['alarm:readDetail']({ name: 'channel1' }, WINDOW);
    expect(detail).toMatchObject({
      value: {
        records: [
          {
            text: 'AckEPICS MAJOR_ACK',
            audit: { user: 'alice', producer: 'klaxon-console', host: 'console1' },
          },
          { text: 'AlarmingEPICS MAJOR HIHI', audit: { producer: 'a-source' } },
        ],
      },
    });
  });

  it('refuses an acknowledgement that was made from an older view', async () => {
    const { core, rows, write } = await openConsole();
    await write('channel1', { fact: 'epicsChanged', severity: 'MINOR', status: 'HIGH' });
    await vi.waitFor(() => expect(rows.get('channel1')?.level).toBe('MINOR'));
    const calls = { ...rows.get('channel1')?.calls };
    await write('channel1', { fact: 'epicsChanged', severity: 'MAJOR', status: 'HIHI' });
    await vi.waitFor(() => expect(rows.get('channel1')?.level).toBe('MAJOR'));
    const tickets = await core.handlers['alarm:acknowledgeAlarms'](
      { alarms: [{ name: 'channel1', calls }] },
      WINDOW,
    );
    expect(tickets).toMatchObject({
      value: [{ state: 'refused', refusal: { code: 'AlarmedAgain' } }],
    });
  });

  it('shelves and unshelves, each done when its record came back', async () => {
    const { core, rows, settled, write } = await openConsole();
    await write('channel1', { fact: 'simpleChanged', isActive: true });
    await vi.waitFor(() => expect(rows.has('channel1')).toBe(true));
    const untilAt = Date.now() + 60_000;
    const shelve = { names: ['channel1'], untilAt, reason: 'Maintenance' };
    await core.handlers['shelf:shelveAlarms'](shelve, WINDOW);
    await vi.waitFor(() => expect(rows.get('channel1')?.effective).toBe('shelved'));
    await core.handlers['shelf:unshelveAlarms']({ names: ['channel1'] }, WINDOW);
    await vi.waitFor(() => expect(rows.get('channel1')?.effective).toBe('unacknowledged'));
    expect(settled).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
  });

  it('tells who watches what', async () => {
    const { core } = await openConsole();
    core.setWords({ documentBase: 'https://docs.example.org/', notices: ['a notice'] });
    expect(await core.handlers['session:readSession']({}, WINDOW)).toMatchObject({
      value: {
        log: 'embedded',
        identity: { user: 'alice' },
        missing: [],
        problem: null,
        documentBase: 'https://docs.example.org/',
        notices: ['a notice'],
      },
    });
  });

  it('knows nothing of an alarm that no record names', async () => {
    const { core } = await openConsole();
    expect(await core.handlers['alarm:readDetail']({ name: 'nobody' }, WINDOW)).toMatchObject({
      ok: false,
      error: { code: 'UnknownAlarm' },
    });
  });
});
