import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';
import { ByteWriter } from '../../adapters/kafka/protocol/byte-writer.ts';
import { answered } from './answered.ts';

const ELECT_LEADERS = { apiKey: 43, apiName: 'ElectLeaders', apiVersion: 1 } as const;
const PREFERRED = 0;
/** The length of a list that is absent: of all partitions. */
const ALL = -1;
const WITHIN_MS = 5_000;

/** Has the first replica of each partition lead it, which kafkajs cannot ask for. What came of it is to be looked at. */
export async function electPreferredLeaders(cluster: Cluster): Promise<void> {
  const body = new ByteWriter().int8(PREFERRED).int32(ALL).int32(WITHIN_MS).finish();
  const nodeId = answered(await cluster.controller());
  answered(await cluster.send(nodeId, { ...ELECT_LEADERS, body }));
}
