import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEmbeddedLog } from '../../../adapters/embedded/embedded-log.ts';
import { createSystemClock } from '../../../adapters/system/system-clock.ts';
import { startEmbeddedCli } from '../../support/embedded-cli.ts';

const embedded = startEmbeddedCli();
const run = (line: string) => embedded().run(line);

describe('the command line on the log of a console', () => {
  it('makes one, writes to it and reads it, without a broker or a registry', async () => {
    expect(await run('list-active')).toMatchObject({ code: 2 });
    expect(await run('create-topics')).toMatchObject({ code: 0 });
    expect(await run('set-active-alarming-epics --sevr MAJOR E1')).toMatchObject({ code: 0 });
    expect(await run('acknowledge E1')).toMatchObject({ code: 0, stdout: 'E1 acknowledged\n' });
    expect((await run('list-active --nometa')).stdout).toBe(
      "{'name': 'E1', 'type': 'AlarmingEPICS'} = {'msg': {'sevr': 'MAJOR', 'stat': 'NO_ALARM'}}\n{'name': 'E1', 'type': 'AckEPICS'} = {'msg': {'ack': 'MAJOR_ACK'}}\n",
    );
    expect((await run('list-schemas')).stdout).toContain('active-alarms-value');
    expect(await run('check-up')).toMatchObject({ code: 0 });
  });

  it('says what to do while a console holds it', async () => {
    const clock = createSystemClock();
    const held = await openEmbeddedLog(embedded().folder, { clock, onNotice: () => undefined });
    if (!held.ok) throw new Error(held.error.message);
    const refused = await run('list-active');
    await held.value.close();
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('is already open in another program');
    expect(refused.stderr).toContain('does not offer it to others. Close that program');
  });

  it('follows it until it is stopped, though nothing happens', async () => {
    const following = embedded().cli.follow([
      'list-active',
      '--follow',
      '--embedded',
      embedded().folder,
    ]);
    await following.said('AckEPICS');
    expect((await run('list-active')).stderr).toContain('is already open in another program');
    expect(await following.stop()).toMatchObject({ code: 0, stderr: '' });
    expect(await run('list-active')).toMatchObject({ code: 0 });
  });

  it('leaves a folder alone that holds no log', async () => {
    const other = join(embedded().folder, '..');
    const refused = await embedded().cli.run(['list-active', '--embedded', other]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
  });
});
