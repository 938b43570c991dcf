import type { LogProblem } from '../../../core/ports/alarm-log.ts';
import type { BatchFault } from './batch-fault.ts';

/** The place of a partition in sentences. */
export interface ProblemPlace {
  readonly topic: string;
  readonly partition: number;
}

/** What is to be done about a partition's error code of a fetch. */
export type FetchVerdict = 'outOfRange' | 'corrupt' | 'problem';

/** Sorts the error codes that a fetch can name for a partition. */
export function verdictOf(errorCode: number): FetchVerdict {
  switch (errorCode) {
    case 1:
      return 'outOfRange';
    case 2:
      return 'corrupt';
    default:
      return 'problem';
  }
}

/** The problem behind a partition's error code. Nearly all mean: ask the cluster anew who leads. */
export function problemOfCode(errorCode: number, place: ProblemPlace, address: string): LogProblem {
  const at = `${place.topic}/${place.partition}`;
  switch (errorCode) {
    case 3:
    case 100:
      return {
        code: 'TopicMissing',
        message: `Kafka at ${address} has no topic ${place.topic} any more.`,
        remedy: `Create the topic ${place.topic}, or wait until it is there again.`,
        isRetriable: true,
      };
    case 29:
      return {
        code: 'NotAuthorized',
        message: `Kafka at ${address} does not let this user read the topic ${place.topic}.`,
        remedy: `Ask the administrator of Kafka for the right Read on topic ${place.topic}.`,
        isRetriable: false,
      };
    case 76:
      return {
        code: 'Unexpected',
        message: `The broker is too old to hand out the compressed records of ${at}.`,
        remedy: 'Ask the administrator of Kafka to choose gzip, snappy or lz4 for the topic.',
        isRetriable: true,
      };
    default:
      return {
        code: 'Unreachable',
        message: `The broker that led ${at} no longer answers for it (Kafka error ${errorCode}).`,
        remedy: 'Nothing: the new leader is being looked for.',
        isRetriable: true,
      };
  }
}

/** A batch that cannot be read, after it was asked for again. */
export function damagedBatch(place: ProblemPlace, offset: number, fault: BatchFault): LogProblem {
  return {
    code: 'Corrupt',
    message: `The records of ${place.topic}/${place.partition} from offset ${offset} on cannot be read: ${fault.message}.`,
    remedy:
      'Ask the administrator of Kafka to check the disks of the brokers and the network between.',
    isRetriable: true,
  };
}

/** A response of the broker that does not keep to the protocol. */
export function brokenAnswer(address: string): LogProblem {
  return {
    code: 'Corrupt',
    message: `An answer of Kafka at ${address} does not keep to its own lengths.`,
    remedy: 'Check that nothing between this machine and Kafka changes what is sent.',
    isRetriable: true,
  };
}

/** The log begins after what was read last, or ends before it. */
export function historyLost(place: ProblemPlace, position: number): LogProblem {
  return {
    code: 'HistoryLost',
    message: `The records of ${place.topic} from offset ${position} on are no longer there.`,
    remedy:
      'Nothing: everything is read again from what is left. Ask who removed records or the topic.',
    isRetriable: true,
  };
}

/** The topic has the name of the one that was read, but is another. */
export function topicMadeAnew(topic: string): LogProblem {
  return {
    code: 'HistoryLost',
    message: `The topic ${topic} was deleted and made anew.`,
    remedy: 'Nothing: it is read from its start. Ask who made it anew.',
    isRetriable: true,
  };
}

/** A transaction that was begun and not ended hides everything written after it. */
export function heldBack(place: ProblemPlace, count: number): LogProblem {
  return {
    code: 'TimedOut',
    message: `${count} newer offsets of ${place.topic}/${place.partition} cannot be read: a transaction before them was never ended.`,
    remedy:
      'Find the program that writes in transactions and stop it; Kafka then ends its transaction.',
    isRetriable: true,
  };
}

/** The log says that there is more, and does not hand it out. */
export function noProgress(place: ProblemPlace, position: number, highWater: number): LogProblem {
  return {
    code: 'TimedOut',
    message: `Kafka hands out nothing of ${place.topic}/${place.partition} after offset ${position}, though it ends at ${highWater}.`,
    remedy: 'Nothing: the connection is being made anew.',
    isRetriable: true,
  };
}

/** The listener threw: it has not had what it should, so the reading must not go on looking alive. */
export function listenerFailed(cause: unknown): LogProblem {
  return {
    code: 'Unexpected',
    message: `Taking in alarm records failed: ${cause instanceof Error ? cause.message : String(cause)}.`,
    remedy: 'Restart the program and report this message.',
    isRetriable: false,
  };
}

/** A fetch was refused as a whole. */
export function unexpectedAnswer(errorCode: number, address: string): LogProblem {
  return {
    code: 'Unexpected',
    message: `Kafka at ${address} refused to be read (Kafka error ${errorCode}).`,
    remedy: "Look into the broker's own log for the reason.",
    isRetriable: true,
  };
}

/** A partition has no leader at present. */
export function leaderless(place: ProblemPlace, address: string): LogProblem {
  return {
    code: 'Unreachable',
    message: `No broker of Kafka at ${address} leads ${place.topic}/${place.partition} at present.`,
    remedy: 'Check that the brokers that hold the topic are running.',
    isRetriable: true,
  };
}

/** The leader is not as far as the one before it was; that passes. */
export function leaderBehind(place: ProblemPlace, position: number): LogProblem {
  return {
    code: 'Unreachable',
    message: `The new leader of ${place.topic}/${place.partition} has not come to offset ${position} yet.`,
    remedy: 'Nothing: it is asked again.',
    isRetriable: true,
  };
}
