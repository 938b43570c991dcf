import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { askRegistry } from '../../../../adapters/schema-registry/registry-client.ts';
import { durationMs } from '../../../../core/lib/units.ts';
import { freePort } from '../../../support/free-port.ts';

const QUESTION = { path: '/subjects', answer: z.array(z.string()) };
const timeoutMs = durationMs(5_000);

describe('a registry that cannot be asked', () => {
  it('is named without the password in its address', async () => {
    const url = `http://alice:secret@127.0.0.1:${await freePort()}`;
    const asked = await askRegistry({ url, timeoutMs }, QUESTION);
    if (asked.ok) throw new Error('something answered');
    expect(asked.error.message).toContain('at http://alice@127.0.0.1:');
    expect(asked.error.message).not.toContain('secret');
  });

  it('is told apart from something that does not speak HTTP', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const asked = await askRegistry({ url: `http://127.0.0.1:${port}`, timeoutMs }, QUESTION);
    server.close();
    expect(asked).toMatchObject({
      ok: false,
      error: {
        code: 'NotARegistry',
        message: `No schema registry answers at http://127.0.0.1:${port}, but something that sent what is not HTTP.`,
      },
    });
  });
});
