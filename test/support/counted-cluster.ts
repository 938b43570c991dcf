import type { Cluster } from '../../adapters/kafka/connection/cluster.ts';

/** A cluster that counts what is asked of its brokers. */
export interface CountedCluster extends Cluster {
  readonly requests: number;
  /** Answers when the next question is put. */
  next(): Promise<void>;
}

/** Lets everything through to a cluster and counts the questions that go over the network. */
export function countedCluster(cluster: Cluster): CountedCluster {
  let requests = 0;
  const waiting: (() => void)[] = [];
  const counted = <T>(answer: T): T => {
    requests += 1;
    for (const go of waiting.splice(0)) go();
    return answer;
  };
  return {
    get requests() {
      return requests;
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
    address: cluster.address,
    connect: () => cluster.connect(),
    leaders: (topic) => cluster.leaders(topic),
    refresh: (topics) => counted(cluster.refresh(topics)),
    negotiate: (nodeId, api) => cluster.negotiate(nodeId, api),
    send: (nodeId, request, timeoutMs) => counted(cluster.send(nodeId, request, timeoutMs)),
    listOffset: (topic, partition, end) => counted(cluster.listOffset(topic, partition, end)),
    anyNode: () => cluster.anyNode(),
    controller: () => cluster.controller(),
    close: () => cluster.close(),
  };
}
