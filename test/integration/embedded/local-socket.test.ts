import { spawn } from 'node:child_process';
import { chmod, mkdir, stat, symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectLog } from '../../../adapters/local-socket/connect-log.ts';
import { frameOf } from '../../../adapters/local-socket/frame.ts';
import { createSystemClock } from '../../../adapters/system/system-clock.ts';
import { createRecordingListener, isIn } from '../../fakes/recording-listener.ts';
import { holdAndOffer } from '../../support/offered-log.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

const clock = createSystemClock();
let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await createTemporaryFolder('alarm-log');
});

afterEach(() => folder.remove());

async function client() {
  const connected = await connectLog(folder.path, { clock });
  if (!connected.ok) throw new Error(connected.error.message);
  return connected.value;
}

describe('the socket of a console', () => {
  it('takes the place of one whose process was killed', async () => {
    const path = join(folder.path, 'console', 'log.sock');
    await mkdir(dirname(path), { recursive: true });
    const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    await new Promise((resolve) => spawn(process.execPath, ['-e', script]).once('exit', resolve));
    expect((await stat(path)).isSocket()).toBe(true);
    const ground = await holdAndOffer(folder.path);
    expect(ground.path).toBe(path);
    await (await client()).close();
    await ground.close();
  });

  it('is not laid in a folder that a link leads to', async () => {
    const elsewhere = join(folder.path, '..', 'elsewhere');
    await mkdir(elsewhere);
    await mkdir(folder.path);
    await symlink(elsewhere, join(folder.path, 'console'));
    const ground = await holdAndOffer(folder.path, {
      platform: 'linux',
      uid: process.getuid?.(),
      runtimeFolder: undefined,
      temporaryFolder: elsewhere,
    });
    expect(dirname(ground.path)).toBe(join(elsewhere, `klaxon-${process.getuid?.()}`));
    await ground.close();
  });

  it('is not used once others can look into its folder', async () => {
    const ground = await holdAndOffer(folder.path);
    await chmod(dirname(ground.path), 0o755);
    const refused = await connectLog(folder.path, { clock });
    await ground.close();
    expect(refused).toMatchObject({ ok: false, error: { code: 'NotAuthorized' } });
  });

  it.each([
    ['garbage', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a message beyond the bound', Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0])],
    ['a request before its version', frameOf({ say: 'schemaById', request: 1, id: 1 })],
    ['an unknown message', frameOf({ say: 'sudo' })],
  ])('cuts off who sends %s, and serves the others', async (_what, bytes) => {
    const ground = await holdAndOffer(folder.path);
    const good = await client();
    const bad = connect(ground.path);
    bad.on('error', () => undefined);
    bad.resume();
    bad.write(bytes);
    await new Promise((resolve) => bad.once('close', resolve));
    expect(ground.misbehaved).toHaveLength(1);
    expect(await good.log.describeTopics(['t'])).toMatchObject({ ok: true });
    await good.close();
    await ground.close();
  });

  it('tells its readers when the console closes, and they begin anew when it is back', async () => {
    const topic = 'active-alarms';
    const first = await holdAndOffer(folder.path);
    await first.log.createTopics([
      { topic, partitions: 1, settings: { 'cleanup.policy': 'compact' } },
    ]);
    const key = Buffer.from('a');
    await first.log.append({ topic, key, value: key, headers: [], timestampAt: clock.now() });
    const connected = await client();
    const heard = createRecordingListener();
    const reading = connected.log.read([topic], heard);
    await heard.until(isIn('live'));
    await first.close();
    await heard.until(isIn('stale'));
    expect(heard.phases.at(-1)).toMatchObject({ problem: { code: 'Unreachable' } });
    expect(await connected.log.describeTopics([topic])).toMatchObject({ ok: false });
    const second = await holdAndOffer(folder.path);
    await heard.until(isIn('live'));
    expect(heard.resets).toMatchObject([{ topics: [topic], problem: { code: 'Unreachable' } }]);
    expect(heard.records).toHaveLength(2);
    await reading.close();
    await connected.close();
    await second.close();
  });
});
