import type { AddressInfo, Server } from 'node:net';

/** Listens on a free port of 127.0.0.1 while the work lasts; connections left open are cut. Works for web servers too. */
export async function serving<T>(
  server: Server,
  work: (address: string) => Promise<T>,
): Promise<T> {
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`127.0.0.1:${portOf(server.address())}`);
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
