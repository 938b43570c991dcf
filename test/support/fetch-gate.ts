import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';

/** Lets the fetches of a reading through one by one, so that a test decides what happens between two of them. */
export interface FetchGate {
  wrap(cluster: Cluster): Cluster;
  /** Answers when a fetch waits at the closed gate. */
  readonly reached: Promise<void>;
  /** Opens for good. */
  open(): void;
  /** The next fetch waits, as do all after it. */
  close(): void;
}

const FETCH = 1;

/** Makes a gate that closes by itself after `free` fetches. */
export function createFetchGate(free: number): FetchGate {
  let left = free;
  let isOpen = false;
  const waiting: (() => void)[] = [];
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const pass = async (): Promise<void> => {
    if (isOpen || left > 0) {
      left -= 1;
      return;
    }
    reach();
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return {
    reached,
    open: () => {
      isOpen = true;
      for (const go of waiting.splice(0)) go();
    },
    close: () => {
      isOpen = false;
      left = 0;
    },
    wrap: (cluster) => ({
      address: cluster.address,
      connect: () => cluster.connect(),
      leaders: (topic) => cluster.leaders(topic),
      refresh: (topics) => cluster.refresh(topics),
      negotiate: (nodeId, api) => cluster.negotiate(nodeId, api),
      send: async (nodeId, request, timeoutMs) => {
        if (request.apiKey === FETCH) await pass();
        return cluster.send(nodeId, request, timeoutMs);
      },
      listOffset: (topic, partition, end) => cluster.listOffset(topic, partition, end),
      anyNode: () => cluster.anyNode(),
      controller: () => cluster.controller(),
      close: () => cluster.close(),
    }),
  };
}
