import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { exchange, type HttpQuestion } from '../../../../adapters/schema-registry/http-exchange.ts';
import { serving } from '../../../support/serving.ts';

const QUESTION = { headers: {}, body: undefined, timeoutMs: 2_000, largestAnswer: 100 };

function asking(listener: RequestListener, more: Partial<HttpQuestion> = {}) {
  return serving(createServer(listener), (address) =>
    exchange({ ...QUESTION, url: `http://${address}/first`, ...more }),
  );
}

describe('exchange', () => {
  it('answers status and text', async () => {
    const answer = await asking((_request, response) => response.writeHead(404).end('nö'));
    expect(answer).toEqual({ status: 404, text: 'nö' });
  });

  it('posts what is given, with its length', async () => {
    const echo: RequestListener = (request, response) => {
      response.write(`${request.method} ${request.headers['content-length']} `);
      request.pipe(response);
    };
    expect((await asking(echo, { body: '{"ä":1}' })).text).toBe('POST 8 {"ä":1}');
  });

  it('follows redirections, and says so when they never end', async () => {
    const paths: string[] = [];
    const moved: RequestListener = (request, response) => {
      paths.push(request.url ?? '');
      if (request.url === '/third') response.end('here');
      else response.writeHead(302, { location: paths.length === 1 ? 'second' : '/third' }).end();
    };
    expect(await asking(moved)).toEqual({ status: 200, text: 'here' });
    expect(paths).toEqual(['/first', '/second', '/third']);
    const circle: RequestListener = (_request, response) =>
      response.writeHead(302, { location: '/first' }).end();
    expect((await asking(circle)).status).toBe(302);
  });

  it('takes a log-in to no other server', async () => {
    const away: RequestListener = (_request, response) =>
      response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end();
    const answer = await asking(away, { headers: { authorization: 'Basic x' } });
    expect(answer.status).toBe(307);
  });

  it('reads no more than is allowed', async () => {
    const long: RequestListener = (_request, response) => response.end('x'.repeat(101));
    expect(await asking(long)).toEqual({ status: 200, text: null });
  });

  it('ends in time, whether nothing comes or half of it', async () => {
    const silent: RequestListener = () => undefined;
    const halting: RequestListener = (_request, response) => response.write('half');
    for (const listener of [silent, halting]) {
      await expect(asking(listener, { timeoutMs: 50 })).rejects.toThrow(
        expect.objectContaining({ name: 'TimeoutError' }),
      );
    }
  });

  it('throws where the answer breaks off', async () => {
    const breaking: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half', () => response.destroy());
    };
    await expect(asking(breaking)).rejects.toThrow();
  });
});
