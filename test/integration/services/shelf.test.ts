import { describe, expect } from 'vitest';
import { z } from 'zod';
import { registrationOrder, shelfOrder } from '../../support/alarm-ground.ts';
import { killServicesWhileShelvesEnd } from '../../support/killed-shelves.ts';
import { OtherClient } from '../../support/other-client.ts';
import { isLiveLine, type ServiceProcess, startService } from '../../support/service-process.ts';
import { startServiceSite } from '../../support/service-site.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';

const site = startServiceSite(['shelf']);

function run(more: Readonly<Record<string, string>> = {}): ServiceProcess {
  return site().run('shelf', more);
}

describe('the shelf service beside a real Kafka', () => {
  ownBrokerTest('ends what was written by hand, by a client of somebody else', async () => {
    const { broker, registry, clock, until, stop } = site();
    const other = new OtherClient(broker.bootstrap, registry.url);
    await other.connect();
    await other.register('limited', { maxShelvedSeconds: 3_600 });
    await other.register('endless', { maxShelvedSeconds: 3_600 });
    await other.register('forbidden', { maxShelvedSeconds: 0 });
    await other.shelve('negative', -1, 'negative');
    await other.shelve('limited', clock.now() + 900_000_000, 'too long');
    await other.shelve('endless', 9_007_199_254_740_990, 'overflowing');
    await other.shelve('forbidden', clock.now() + 900_000, 'forbidden');
    const service = run();
    await until(['negative', 'forbidden'], ({ shelf }) => shelf === null);
    const cut = await until(['limited', 'endless'], ({ shelf }) => shelf?.because !== undefined);
    expect(cut.map(({ shelf }) => shelf)).toMatchObject(
      ['too long', 'overflowing'].map((reason) => ({
        says: { reason },
        because: 'over-limit',
        record: { audit: { user: 'operator2', producer: 'klaxon-shelf', host: 'elsewhere' } },
      })),
    );
    const latestAt = clock.now() + 3_600_000;
    for (const { shelf } of cut) expect(shelf?.says.expiresAt ?? 0).toBeLessThanOrEqual(latestAt);
    expect(await stop(service)).toBe(0);
    await other.close();
  });

  ownBrokerTest('ends what became overdue while none ran, soon after its start', async () => {
    const { clock, write, until, stop } = site();
    const names = Array.from({ length: 200 }, (_, index) => `overdue-${index}`);
    await write(names.map((name) => shelfOrder(name, clock.now() + 1)));
    const service = run();
    await service.said(isLiveLine);
    const liveAt = performance.now();
    await until(names, ({ shelf }) => shelf === null);
    expect(performance.now() - liveAt).toBeLessThan(3_000);
    expect(await stop(service)).toBe(0);
  });

  ownBrokerTest('tells how it stands, and ends at once at a second signal', async () => {
    const service = run({ KLAXON_HTTP_ADDRESS: '127.0.0.1:0' });
    const started = await service.said(({ event }) => event === 'started');
    const http = z.string().parse(started['http']);
    await service.said(isLiveLine);
    const ask = async (path: string) => {
      const response = await fetch(`http://${http}${path}`);
      return { code: response.status, text: await response.text() };
    };
    expect(await ask('/ready')).toMatchObject({ code: 200 });
    expect((await ask('/health')).text).toContain('"service":"shelf"');
    expect((await ask('/metrics')).text).toContain('klaxon_phase{phase="live"} 1');
    const taken = run({ KLAXON_HTTP_ADDRESS: http });
    expect(await taken.ended).toBe(69);
    service.signal('SIGTERM');
    service.signal('SIGINT');
    expect([0, 130]).toContain(await service.ended);
  });

  ownBrokerTest('stops in order while it cannot reach the broker', async () => {
    const service = run({ BOOTSTRAP_SERVERS: '127.0.0.1:1' });
    await service.said(({ event }) => event === 'started');
    const stoppingAt = performance.now();
    expect(await site().stop(service)).toBe(0);
    expect(performance.now() - stoppingAt).toBeLessThan(5_000);
  });

  ownBrokerTest(
    'says what is wrong with its settings, and ends with a code that says so',
    async () => {
      const refused = run({ BOOTSTRAP_SERVERS: 'kafka' });
      expect(await refused.ended).toBe(78);
      expect(refused.complaints()).toContain('BOOTSTRAP_SERVERS "kafka" is not host:port');
      const { programOf, settings } = site();
      const misused = startService([...programOf('shelf'), '--colour', 'red'], settings);
      expect(await misused.ended).toBe(64);
    },
  );

  ownBrokerTest('ten at once come to one effect', async () => {
    const { clock, write, until, stop } = site();
    const ten = Array.from({ length: 10 }, () => run());
    await Promise.all(ten.map((service) => service.said(isLiveLine)));
    const names = Array.from({ length: 100 }, (_, index) => `tenfold-${index}`);
    const endAt = clock.now() + 2_000;
    await write(names.map((name) => shelfOrder(name, endAt)));
    await write([registrationOrder('tenfold-limit', 60), shelfOrder('tenfold-limit', endAt + 9e8)]);
    const shelvedBy = clock.now();
    const ended = await until(names, ({ shelf }) => shelf === null);
    expect(ended.every(({ shelfOvertaken }) => shelfOvertaken === null)).toBe(true);
    const [cut] = await until(['tenfold-limit'], ({ shelf }) => shelf?.because !== undefined);
    expect(cut?.shelf?.says.expiresAt ?? 0).toBeLessThanOrEqual(shelvedBy + 60_000);
    expect(await Promise.all(ten.map(stop))).toEqual(ten.map(() => 0));
  });

  ownBrokerTest('two that are killed at random end each shelf, none early', async () => {
    const { log, schemas, clock, writer, settings, programOf } = site();
    const outcome = await killServicesWhileShelvesEnd({
      log,
      schemas,
      clock,
      writer,
      program: programOf('shelf'),
      settings,
      shelves: 300,
      kills: 10,
      overMs: 12_000,
    });
    expect(outcome).toMatchObject({ early: [], wrong: [], kills: 10 });
    expect(outcome.tombstones).toBeGreaterThanOrEqual(300);
  });
});
