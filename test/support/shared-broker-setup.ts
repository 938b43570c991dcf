import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { whyNoBroker } from './java-process.ts';
import { startBroker, type TestBroker } from './kafka-broker.ts';
import { startRegistry, type TestRegistry } from './schema-registry.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Asked by `sharedBroker()`: the address that starts the pair at the first question. */
    brokerDoor: string;
  }
}

interface Pair {
  readonly broker: TestBroker;
  readonly registry: TestRegistry;
}

/**
 * One broker and one registry serve a whole run of the integration tests. They start when the first test asks,
 * so a run that needs none starts none, and end with the run.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let pair: Promise<Pair> | undefined;
  const server = createServer((_request, response) => {
    pair ??= startPair();
    const started = pair.then(({ broker, registry }) => ({
      bootstrap: broker.bootstrap,
      registryUrl: registry.url,
    }));
    started.then(
      (addresses) => response.end(JSON.stringify(addresses)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  project.provide('brokerDoor', `http://127.0.0.1:${portOf(server.address())}/`);
  return async () => {
    server.close();
    const running = await pair?.catch(() => undefined);
    await Promise.all([running?.broker.stop(), running?.registry.stop()]);
  };
}

async function startPair(): Promise<Pair> {
  const reason = await whyNoBroker();
  if (reason !== null) throw new Error(reason);
  const broker = await startBroker();
  const registry = await startRegistry();
  return { broker, registry };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
