import type { ApiRange } from '../connection/cluster.ts';
import { type BrokerAnswer, readBrokerAnswer } from './broker-answer.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { mechanismOfCode, type ScramMechanism } from './scram-mechanism.ts';

export const DESCRIBE_SCRAM_USERS: ApiRange = {
  apiKey: 50,
  apiName: 'DescribeUserScramCredentials',
  min: 0,
  max: 0,
};

/** One user and the log-ins that the broker keeps for it; passwords are never told. */
export interface ScramUserTold extends BrokerAnswer {
  readonly user: string;
  readonly credentials: readonly {
    readonly mechanism: ScramMechanism;
    readonly iterations: number;
  }[];
}

/**
 * Asks for all users: by an empty list. Null means the same, but has the broker break off without an answer where the user
 * lacks the right (Kafka 3.9 and 4.3).
 */
export function writeDescribeScramUsersRequest(): Uint8Array {
  return new ByteWriter()
    .tags()
    .compactArray([], () => undefined)
    .tags()
    .finish();
}

/** Reads the answer. Throws a RangeError where it is cut short. */
export function readDescribeScramUsersResponse(
  body: Buffer,
): BrokerAnswer & { readonly users: readonly ScramUserTold[] } {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  const answer = readBrokerAnswer(reader);
  const users = reader.compactArray(() => {
    const user = reader.compactString();
    const told = readBrokerAnswer(reader);
    const credentials = reader.compactArray(() => readCredential(reader)).flat();
    reader.tags();
    return { user, ...told, credentials };
  });
  return { ...answer, users };
}

function readCredential(reader: ByteReader): ScramUserTold['credentials'] {
  const mechanism = mechanismOfCode(reader.int8());
  const iterations = reader.int32();
  reader.tags();
  return mechanism === null ? [] : [{ mechanism, iterations }];
}
