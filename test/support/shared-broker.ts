import { inject, test } from 'vitest';
import { z } from 'zod';
import { whyNoBroker } from './java-process.ts';

const ADDRESSES = z.object({ bootstrap: z.string(), registryUrl: z.string() });
export type SharedBroker = z.infer<typeof ADDRESSES>;

/** How a test says that it cannot be run here. */
type Skip = (reason: string) => never;

/** Why tests that start a broker of their own cannot run here; null where they can. */
let ownBrokerReason: Promise<string | null> | undefined;

/**
 * The broker and the registry that serve the whole run: those that `BOOTSTRAP_SERVERS` and `SCHEMA_REGISTRY` name,
 * else a pair that is started at the first call. Topics and subjects in it must have random names.
 * Throws, with the reason, where none can be had.
 */
export async function sharedBroker(): Promise<SharedBroker> {
  const { BOOTSTRAP_SERVERS: bootstrap, SCHEMA_REGISTRY: registryUrl } = process.env;
  if (bootstrap && registryUrl) return { bootstrap, registryUrl };
  const response = await fetch(inject('brokerDoor'));
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return ADDRESSES.parse(JSON.parse(text));
}

/** The shared pair; where none can be had the test that owns `skip` is skipped with the reason, and in CI fails. */
export function sharedBrokerOrSkip(skip: Skip): Promise<SharedBroker> {
  return orSkip(skip, sharedBroker);
}

/**
 * A test with `broker`, the shared pair, at hand. Where none can be had it is skipped with the reason;
 * with `CI=true` it fails with it.
 */
export const brokerTest = test.extend<{ broker: SharedBroker }>({
  broker: async ({ skip }, use) => use(await sharedBrokerOrSkip(skip)),
});

/** A test that starts brokers of its own: skipped, or in CI failed, where that is not possible. */
export const ownBrokerTest = test.extend<{ canStartBrokers: true }>({
  canStartBrokers: [
    async ({ skip }, use) => {
      ownBrokerReason ??= whyNoBroker();
      const reason = await ownBrokerReason;
      await orSkip(skip, async () => {
        if (reason !== null) throw new Error(reason);
      });
      await use(true);
    },
    { auto: true },
  ],
});

async function orSkip<T>(skip: Skip, obtain: () => Promise<T>): Promise<T> {
  try {
    return await obtain();
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    return skip(`no test broker: ${error instanceof Error ? error.message : String(error)}`);
  }
}
