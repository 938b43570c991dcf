import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectedLog, connectLog } from '../../../adapters/local-socket/connect-log.ts';
import { createSystemClock } from '../../../adapters/system/system-clock.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createRecordingListener, isIn } from '../../fakes/recording-listener.ts';
import { holdAndOffer, type OfferedGround } from '../../support/offered-log.ts';
import { openRawSocket } from '../../support/raw-socket.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

const clock = createSystemClock();
const offerClock = createFakeClock();
const MIB = 1_048_576;
let folder: TemporaryFolder;
let ground: OfferedGround;

beforeEach(async () => {
  folder = await createTemporaryFolder('alarm-log');
  ground = await holdAndOffer(folder.path, undefined, offerClock);
  await ground.log.createTopics([
    { topic: 'whole', partitions: 1, settings: { 'cleanup.policy': 'delete' } },
  ]);
});

afterEach(async () => {
  await ground.close();
  await folder.remove();
});

async function client(): Promise<ConnectedLog> {
  const connected = await connectLog(folder.path, { clock });
  if (!connected.ok) throw new Error(connected.error.message);
  return connected.value;
}

function recordOf(bytes: number) {
  const value = Buffer.alloc(bytes, 'v');
  const key = Buffer.from('k');
  return { topic: 'whole', key, value, headers: [], timestampAt: clock.now() };
}

describe('a console with clients that are a burden', () => {
  it('cuts off one that stops reading, after half a minute, and serves the others meanwhile', async () => {
    for (let count = 0; count < 8; count += 1) await ground.log.append(recordOf(MIB / 2));
    const waitingBefore = offerClock.waiting;
    const stalled = await openRawSocket(ground.path);
    stalled.send({ say: 'read', reading: 1, topics: ['whole'] });
    // One call is for its version, which it has said; the other for its taking nothing.
    await expect.poll(() => offerClock.waiting).toBe(waitingBefore + 2);
    const heard = createRecordingListener();
    const good = await client();
    const reading = good.log.read(['whole'], heard);
    await heard.until(isIn('live'));
    expect(heard.records).toHaveLength(8);
    expect(await good.log.append(recordOf(10))).toMatchObject({ ok: true });
    offerClock.advanceBy(29_000);
    expect(ground.misbehaved).toEqual([]);
    offerClock.advanceBy(1_000);
    expect(ground.misbehaved).toEqual(['it takes nothing any more']);
    stalled.socket.resume();
    await stalled.ended;
    await reading.close();
    await good.close();
  });

  it('does not cut off one that is slow', async () => {
    for (let count = 0; count < 8; count += 1) await ground.log.append(recordOf(MIB / 2));
    const startedAt = offerClock.now();
    const slow = await openRawSocket(ground.path);
    slow.send({ say: 'read', reading: 1, topics: ['whole'] });
    let taken = 0;
    slow.socket.on('data', (chunk: Buffer) => {
      taken += chunk.length;
      slow.socket.pause();
    });
    while (taken < 4 * MIB) {
      const before = taken;
      offerClock.advanceBy(1_000);
      slow.socket.resume();
      await expect.poll(() => taken, { interval: 1 }).toBeGreaterThan(before);
    }
    expect(offerClock.now() - startedAt).toBeGreaterThan(40_000);
    expect(ground.misbehaved).toEqual([]);
    slow.socket.destroy();
  });

  it('serves sixteen, tells the next one so, and takes another when one goes', async () => {
    const all: ConnectedLog[] = [];
    while (all.length < 16) all.push(await client());
    const refused = await connectLog(folder.path, { clock });
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'Unreachable',
        message: 'The console serves 16 programs already, and no more.',
      },
    });
    expect(await all[7]?.log.describeTopics(['whole'])).toMatchObject({ ok: true });
    await all.pop()?.close();
    await expect.poll(async () => (await connectLog(folder.path, { clock })).ok).toBe(true);
    for (const one of all) await one.close();
    expect(ground.misbehaved).toEqual([]);
  });

  it('refuses a record that is too long for the socket, and goes on with the next', async () => {
    const good = await client();
    expect(await good.log.append(recordOf(2 * MIB))).toMatchObject({
      ok: false,
      error: { code: 'RecordTooLarge' },
    });
    expect(await good.log.append(recordOf(10))).toMatchObject({ ok: true });
    await good.close();
    expect(ground.misbehaved).toEqual([]);
  });

  it('cuts off who reads more often than is allowed', async () => {
    const greedy = await openRawSocket(ground.path);
    greedy.socket.resume();
    for (let reading = 1; reading <= 17; reading += 1) {
      greedy.send({ say: 'read', reading, topics: ['whole'] });
    }
    await greedy.ended;
    expect(ground.misbehaved).toEqual(['it reads too many times at once']);
  });

  it('cuts off who does not say its version', async () => {
    const waitingBefore = offerClock.waiting;
    const mute = connect(ground.path);
    const ended = new Promise((resolve) => mute.once('close', resolve));
    mute.on('error', () => undefined);
    mute.resume();
    await expect.poll(() => offerClock.waiting).toBeGreaterThan(waitingBefore);
    offerClock.advanceBy(5_000);
    await ended;
    expect(ground.misbehaved).toEqual(['it did not say its version']);
  });
});
