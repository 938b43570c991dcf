import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';
import { ByteWriter } from '../../adapters/kafka/protocol/byte-writer.ts';
import { answered } from './answered.ts';

const ELECT_LEADERS = { apiKey: 43, apiName: 'ElectLeaders', apiVersion: 1 } as const;
const PREFERRED = 0;
const WITHIN_MS = 5_000;

/** Has the first replica of a topic's first partition lead it, which kafkajs cannot ask for. What came of it is to be looked at. */
export async function electPreferredLeader(cluster: Cluster, topic: string): Promise<void> {
  const writer = new ByteWriter().int8(PREFERRED);
  writer.array([topic], (name) => {
    writer.string(name).array([0], (partition) => writer.int32(partition));
  });
  const body = writer.int32(WITHIN_MS).finish();
  const nodeId = answered(await cluster.controller());
  answered(await cluster.send(nodeId, { ...ELECT_LEADERS, body }));
}
