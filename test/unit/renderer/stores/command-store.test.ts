import { describe, expect, it } from 'vitest';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import {
  type CommandStore,
  createCommandStore,
} from '../../../../renderer/stores/command-store.ts';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';
import { FakeBridge } from '../../../fakes/fake-bridge.ts';
import { ManualFrames } from '../../../fakes/manual-frames.ts';

interface Desk {
  readonly bridge: FakeBridge;
  readonly frames: ManualFrames;
  readonly commands: CommandStore;
}

const NOW_AT = 1_000_000;
const row = anAlarmRow();

function desk(): Desk {
  const bridge = new FakeBridge();
  const frames = new ManualFrames();
  const commands = createCommandStore(bridge, frames, () => NOW_AT);
  commands.start();
  return { bridge, frames, commands };
}

function stateOf(commands: CommandStore, name = 'channel1'): string | undefined {
  return commands.getState().entries.get(name)?.state;
}

describe('command store', () => {
  it('sends what the operator saw, so that an older view can be refused', async () => {
    const { bridge, commands } = desk();
    await commands.sent({ verb: 'acknowledge', rows: [row] });
    expect(bridge.asked('alarm:acknowledgeAlarms')).toEqual([
      { alarms: [{ name: 'channel1', calls: row.calls }] },
    ]);
  });

  it('is pending after it was sent, and done only when its record came back', async () => {
    const { bridge, frames, commands } = desk();
    await commands.sent({ verb: 'acknowledge', rows: [row] });
    expect(stateOf(commands)).toBe('pending');
    bridge.emit('command:settled', {
      commandId: 'id-channel1',
      name: 'channel1',
      outcome: 'done',
    });
    frames.draw();
    expect(stateOf(commands)).toBe('done');
    expect(commands.getState().undoable?.verb).toBe('acknowledge');
  });

  it('takes an outcome that overtakes the answer naming its command', async () => {
    const { bridge, frames, commands } = desk();
    const sending = commands.sent({ verb: 'acknowledge', rows: [row] });
    bridge.emit('command:settled', {
      commandId: 'id-channel1',
      name: 'channel1',
      outcome: 'done',
    });
    frames.draw();
    await sending;
    expect(stateOf(commands)).toBe('done');
  });

  it('lists what was refused and why, alarm by alarm, and leaves the others pending', async () => {
    const { bridge, commands } = desk();
    const refusal = { code: 'AlarmedAgain', message: 'b alarmed again.', nextStep: 'Look.' };
    bridge.answers['alarm:acknowledgeAlarms'] = () => ({
      ok: true,
      value: [
        { name: 'channel1', state: 'pending', commandId: '1' },
        { name: 'b', state: 'refused', refusal },
      ],
    });
    const rows = [row, anAlarmRow({ name: alarmName('b') })];
    const refused = await commands.sent({ verb: 'acknowledge', rows });
    expect(refused.map((entry) => entry.name)).toEqual(['b']);
    expect([stateOf(commands), stateOf(commands, 'b')]).toEqual(['pending', 'refused']);
  });

  it('becomes unconfirmed when main says so, and done when the record comes late', async () => {
    const { bridge, frames, commands } = desk();
    await commands.sent({ verb: 'acknowledge', rows: [row] });
    const settled = { commandId: 'id-channel1', name: 'channel1' };
    bridge.emit('command:settled', { ...settled, outcome: 'unconfirmed' });
    frames.draw();
    expect(stateOf(commands)).toBe('unconfirmed');
    bridge.emit('command:settled', { ...settled, outcome: 'done' });
    frames.draw();
    expect(stateOf(commands)).toBe('done');
  });

  it('becomes unconfirmed by itself when nothing is ever heard', async () => {
    const { commands } = desk();
    await commands.sent({ verb: 'unshelve', rows: [row] });
    commands.ticked(NOW_AT + 7_000, () => undefined);
    expect(stateOf(commands)).toBe('pending');
    commands.ticked(NOW_AT + 7_001, () => undefined);
    expect(stateOf(commands)).toBe('unconfirmed');
  });

  it('lets go of what is unconfirmed once the log shows what it asked for', async () => {
    const { bridge, frames, commands } = desk();
    await commands.sent({ verb: 'acknowledge', rows: [row] });
    const settled = { commandId: 'id-channel1', name: 'channel1' };
    bridge.emit('command:settled', { ...settled, outcome: 'unconfirmed' });
    frames.draw();
    commands.ticked(NOW_AT + 8_000, () => row);
    expect(stateOf(commands)).toBe('unconfirmed');
    commands.ticked(NOW_AT + 9_000, () => ({ ...row, actual: 'acknowledged' }));
    expect(stateOf(commands)).toBeUndefined();
  });

  it('refuses every alarm with the sentence when the request itself fails', async () => {
    const { bridge, commands } = desk();
    bridge.answers['shelf:shelveAlarms'] = () => ({
      ok: false,
      error: { code: 'NotLive', message: 'The console is not live.' },
    });
    await commands.sent({ verb: 'shelve', rows: [row], untilAt: 1, reason: 'Test' });
    const entry = commands.getState().entries.get('channel1');
    expect(entry).toMatchObject({
      state: 'refused',
      refusal: { message: 'The console is not live.' },
    });
  });

  it('keeps a refusal until it is closed, and forgets a done command after a while', async () => {
    const { bridge, frames, commands } = desk();
    await commands.sent({ verb: 'acknowledge', rows: [row] });
    bridge.emit('command:settled', {
      commandId: 'id-channel1',
      name: 'channel1',
      outcome: 'refused',
      refusal: { code: 'AlarmedAgain', message: 'again', nextStep: '' },
    });
    frames.draw();
    commands.ticked(NOW_AT + 900_000, () => undefined);
    expect(stateOf(commands)).toBe('refused');
    commands.dismissed(['channel1']);
    expect(stateOf(commands)).toBeUndefined();
  });
});
