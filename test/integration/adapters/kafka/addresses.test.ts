import { createServer as createWebServer } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createKafkaCluster } from '../../../../adapters/kafka/connection/kafka-cluster.ts';
import type { KafkaSettings } from '../../../../adapters/kafka/connection/kafka-settings.ts';
import { durationMs } from '../../../../core/lib/units.ts';
import type { LogProblem } from '../../../../core/ports/alarm-log.ts';
import { freePort } from '../../../support/free-port.ts';
import { serving } from '../../../support/serving.ts';
import { brokerTest } from '../../../support/shared-broker.ts';

const CONNECT_MS = 1_000;
const SLACK_MS = 1_500;

/** What connecting to an address answers, and that it answers within its limit. */
async function problemAt(
  bootstrapServers: string,
  more: Partial<KafkaSettings> = {},
): Promise<LogProblem | undefined> {
  const limits = { connectMs: durationMs(CONNECT_MS), requestMs: durationMs(CONNECT_MS) };
  const cluster = createKafkaCluster({ bootstrapServers, clientId: 'test', limits, ...more });
  const startedAt = performance.now();
  const connected = await cluster.connect();
  const tookMs = performance.now() - startedAt;
  await cluster.close();
  expect(tookMs).toBeLessThan(CONNECT_MS + SLACK_MS);
  return connected.ok ? undefined : connected.error;
}

describe('an address at which there is no broker', () => {
  it('where nothing listens: says that the connection was refused, and is tried again', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    expect(await problemAt(address)).toEqual({
      code: 'Unreachable',
      message: `No Kafka broker listens at ${address}: the connection was refused.`,
      remedy: 'Start the broker, or correct BOOTSTRAP_SERVERS. Klaxon tries again by itself.',
      isRetriable: true,
    });
  });

  it('whose host does not exist: says that the name is not known', async () => {
    const problem = await problemAt('no-such-host.invalid:9092');
    expect(problem).toMatchObject({ code: 'Unreachable', isRetriable: true });
    expect(problem?.message).toContain('no-such-host.invalid:9092 is not known');
  });

  it('that is not an address: says the form, and is not tried again', async () => {
    const problem = await problemAt('kafka');
    expect(problem).toMatchObject({ code: 'Unreachable', isRetriable: false });
    expect(problem?.message).toContain('“kafka” is not of the form host:port');
  });

  it('of a web server: says so, whether it keeps the connection or not', async () => {
    const web = createWebServer((_request, response) => response.end('<html></html>'));
    const problem = await serving(web, (address) => problemAt(address));
    expect(problem).toMatchObject({ code: 'NotALog', isRetriable: false });
    expect(problem?.message).toMatch(/^A web server answers at 127\.0\.0\.1:\d+, not a Kafka/);
  });

  it('of a web server that never closes: says so within the limit', async () => {
    const server = createServer((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    const problem = await serving(server, (address) => problemAt(address));
    expect(problem?.code).toBe('NotALog');
  });

  it('of a web server, with TLS set: says that there is no TLS', async () => {
    const web = createWebServer((_request, response) => response.end());
    const problem = await serving(web, (address) => problemAt(address, { tls: {} }));
    expect(problem).toMatchObject({ code: 'NotALog', isRetriable: false });
    expect(problem?.message).toContain('does not speak TLS');
  });

  it('that accepts and is silent: says so within the limit', async () => {
    const silent = createServer(() => undefined);
    const problem = await serving(silent, (address) => problemAt(address));
    expect(problem).toMatchObject({ code: 'Unreachable', isRetriable: true });
    expect(problem?.message).toContain('does not answer as a Kafka broker');
  });

  it('that accepts and is silent, with TLS set: the same', async () => {
    const silent = createServer(() => undefined);
    const problem = await serving(silent, (address) => problemAt(address, { tls: {} }));
    expect(problem?.message).toContain('does not answer as a Kafka broker');
  });

  it('that closes at the first word: names what it may want', async () => {
    const closing = createServer((socket) => socket.on('data', () => socket.end()));
    const problem = await serving(closing, (address) => problemAt(address));
    expect(problem).toMatchObject({ code: 'Unreachable', isRetriable: true });
    expect(problem?.remedy).toContain('may want TLS or a log-in');
  });

  it('that claims an answer of gigabytes: is no broker, and nothing is kept for it', async () => {
    const forged = createServer((socket) => socket.write(Buffer.from([0x7f, 0xff, 0xff, 0xff])));
    const problem = await serving(forged, (address) => problemAt(address));
    expect(problem?.code).toBe('NotALog');
  });

  it('one of several: the others are tried', async () => {
    const dead = await freePort();
    const problem = await serving(
      createServer((socket) => socket.write('HTTP/1.1 400\r\n')),
      (address) => problemAt(`127.0.0.1:${dead},${address}`),
    );
    expect(problem?.message).toContain(`127.0.0.1:${dead}`);
  });
});

describe('a broker that is reached the wrong way', () => {
  brokerTest('with TLS at its plain listener: says so', async ({ broker }) => {
    const problem = await problemAt(broker.bootstrap, { tls: {} });
    expect(problem).toMatchObject({ code: 'NotALog', isRetriable: false });
    expect(problem?.message).toContain(`${broker.bootstrap} does not speak TLS`);
  });

  brokerTest('with a log-in where it wants none: says so', async ({ broker }) => {
    const sasl = { mechanism: 'plain', username: 'astrid', password: 'x' } as const;
    const problem = await problemAt(broker.bootstrap, { sasl });
    expect(problem).toMatchObject({ code: 'AuthenticationFailed', isRetriable: false });
    expect(problem?.message).toContain('takes no log-in there, so astrid');
  });

  brokerTest('after a dead address in the list: connects', async ({ broker }) => {
    const dead = await freePort();
    expect(await problemAt(`127.0.0.1:${dead},${broker.bootstrap}`)).toBeUndefined();
  });
});
