import { createServer as createWebServer, type RequestListener } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createRegistrySchemaStore } from '../../../../adapters/schema-registry/registry-schema-store.ts';
import { durationMs } from '../../../../core/lib/units.ts';
import type { SchemaProblem } from '../../../../core/ports/schema-store.ts';
import { freePort } from '../../../support/free-port.ts';
import { startRegistry } from '../../../support/schema-registry.ts';
import { serving } from '../../../support/serving.ts';
import { brokerTest, ownBrokerTest } from '../../../support/shared-broker.ts';

const TIMEOUT_MS = 1_000;
const SLACK_MS = 1_500;

async function problemAt(url: string, id = 1): Promise<SchemaProblem | undefined> {
  const store = createRegistrySchemaStore({ url, timeoutMs: durationMs(TIMEOUT_MS) });
  const startedAt = performance.now();
  const answer = await store.schemaById(id);
  expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS + SLACK_MS);
  return answer.ok ? undefined : answer.error;
}

/** What is said of a web server that answers every request in one way. */
function problemOfServer(answer: RequestListener): Promise<SchemaProblem | undefined> {
  return serving(createWebServer(answer), (address) => problemAt(`http://${address}/api/`));
}

function answering(status: number, type: string, body: string): RequestListener {
  return (_request, response) => response.writeHead(status, { 'content-type': type }).end(body);
}

describe('an address at which there is no registry', () => {
  it('where nothing listens: says that the connection was refused', async () => {
    const url = `http://127.0.0.1:${await freePort()}/apis/ccompat/v7`;
    expect(await problemAt(url)).toEqual({
      code: 'Unreachable',
      message: `The schema registry at ${url} cannot be reached: the connection was refused.`,
      remedy: 'Start the registry, or correct SCHEMA_REGISTRY. Klaxon tries again by itself.',
      isRetriable: true,
    });
  });

  it('whose host does not exist: says that its name is not known', async () => {
    const problem = await problemAt('http://no-such-host.invalid:8081');
    expect(problem).toMatchObject({ code: 'Unreachable', isRetriable: true });
    expect(problem?.message).toContain('its host name is not known');
  });

  it.each(['registry', 'registry:8081', '', 'ftp://registry'])(
    '“%s”: says the form',
    async (url) => {
      expect(await problemAt(url)).toMatchObject({ code: 'NotARegistry', isRetriable: false });
    },
  );

  it.each([
    ['a web page', answering(200, 'text/html', '<html>Welcome</html>'), 'a web page'],
    [
      'a web page that is missing',
      answering(404, 'text/html', '<html>'),
      'a web page with status 404',
    ],
    ['other JSON', answering(200, 'application/json', '{"hello":"world"}'), 'other JSON'],
    [
      'other JSON, missing',
      answering(404, 'application/json', '{"error":"no"}'),
      'with status 404',
    ],
    ['nothing', answering(200, 'text/plain', ''), 'an empty answer'],
    ['text', answering(200, 'text/plain', 'pong'), 'something that sent text'],
    ['a page without end', endless, 'an answer without end'],
  ])('of a server that sends %s: is no registry', async (_case, answer, said) => {
    const problem = await problemOfServer(answer);
    expect(problem).toMatchObject({ code: 'NotARegistry', isRetriable: false });
    expect(problem?.message).toContain(said);
    expect(problem?.remedy).toContain('/apis/ccompat/v7');
  });

  it('that accepts and is silent: says so within the limit', async () => {
    const silent = createServer(() => undefined);
    const problem = await serving(silent, (address) => problemAt(`http://${address}`));
    expect(problem).toMatchObject({ code: 'TimedOut', isRetriable: true });
    expect(problem?.message).toContain(`did not answer within ${TIMEOUT_MS} ms`);
  });

  it('of a broker or anything that is not a web server: says that it is no registry', async () => {
    const other = createServer((socket) => socket.end('\u0000\u0001\u0002'));
    const problem = await serving(other, (address) => problemAt(`http://${address}`));
    expect(problem).toMatchObject({ code: 'NotARegistry', isRetriable: false });
    expect(problem?.message).toContain('what is not HTTP');
  });
});

describe('a registry that cannot', () => {
  const DAMAGED = { code: 'Unexpected', isRetriable: true };
  const FORBIDDEN = { code: 'Refused', isRetriable: false };
  it.each([
    [500, '{"error_code":50001,"message":"store failed"}', DAMAGED, 'store failed'],
    [503, '<html>Bad gateway</html>', DAMAGED, 'status 503'],
    [401, '{"error_code":401,"message":"Unauthorized"}', FORBIDDEN, 'Unauthorized'],
    [403, '<html>', FORBIDDEN, 'status 403'],
    [422, '{"error_code":42205,"message":"read only"}', FORBIDDEN, 'read only'],
    [404, '{"error_code":40403,"message":"Schema not found"}', { code: 'NotFound' }, 'not found'],
  ])('answers %i: %s', async (status, body, expected, said) => {
    const problem = await problemOfServer(answering(status, 'application/json', body));
    expect(problem).toMatchObject(expected);
    expect(problem?.message).toContain(said);
  });

  it('gets the log-in that is set, and never shows it', async () => {
    const headers: (string | undefined)[] = [];
    const answer: RequestListener = (request, response) => {
      headers.push(request.headers.authorization);
      response.writeHead(403).end();
    };
    const problem = await serving(createWebServer(answer), async (address) => {
      const login = { user: 'astrid', password: 'sésame' };
      const store = createRegistrySchemaStore({ url: `http://${address}`, ...login });
      const asked = await store.schemaById(1);
      return asked.ok ? undefined : asked.error;
    });
    expect(headers).toEqual([`Basic ${Buffer.from('astrid:sésame').toString('base64')}`]);
    expect(JSON.stringify(problem)).not.toContain('sésame');
  });
});

describe('a real registry', () => {
  brokerTest(
    'at its bare address, without the path of its API: says the path',
    async ({ broker }) => {
      const problem = await problemAt(new URL(broker.registryUrl).origin);
      expect(problem).toMatchObject({ code: 'NotARegistry' });
      expect(problem?.remedy).toContain('/apis/ccompat/v7');
    },
  );

  ownBrokerTest('that dies and comes back: known schemas stay known, others follow', async () => {
    const registry = await startRegistry();
    try {
      const store = createRegistrySchemaStore({ url: registry.url });
      const known = await store.register('known-value', '"string"');
      const other = await store.register('other-value', '"long"');
      if (!known.ok || !other.ok) throw new Error('the registry took no schema');
      expect(await store.schemaById(known.value)).toEqual({ ok: true, value: '"string"' });
      await registry.kill();
      expect(await store.schemaById(known.value)).toEqual({ ok: true, value: '"string"' });
      expect(await store.schemaById(other.value)).toMatchObject({ error: { code: 'Unreachable' } });
      await registry.restart();
      expect(await store.schemaById(other.value)).toEqual({ ok: true, value: '"long"' });
    } finally {
      await registry.stop();
    }
  });
});

function endless(_request: unknown, response: Parameters<RequestListener>[1]): void {
  const chunk = Buffer.alloc(1024 * 1024, 0x61);
  const more = (): void => {
    while (response.write(chunk));
    response.once('drain', more);
  };
  response.on('error', () => undefined);
  more();
}
