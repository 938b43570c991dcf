import { createServer } from 'node:net';

const FIRST = 20_000;
const PAST_LAST = 32_000;

/**
 * A port of 127.0.0.1 on which nothing listens. Below the range from which the system takes the ports of outgoing
 * connections: a server that is started again on its port finds it free, and a client that calls a dead port never
 * reaches itself.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (PAST_LAST - FIRST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
