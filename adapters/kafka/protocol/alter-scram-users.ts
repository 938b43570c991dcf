import type { ApiRange } from '../connection/cluster.ts';
import { type BrokerAnswer, readBrokerAnswer } from './broker-answer.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { codeOfMechanism, type ScramMechanism } from './scram-mechanism.ts';

export const ALTER_SCRAM_USERS: ApiRange = {
  apiKey: 51,
  apiName: 'AlterUserScramCredentials',
  min: 0,
  max: 0,
};

/** A log-in to be taken away. */
export interface ScramDeletion {
  readonly user: string;
  readonly mechanism: ScramMechanism;
}

/** A log-in to be kept from now on: what the broker gets is salted and hashed, never the password. */
export interface ScramUpsertion extends ScramDeletion {
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly saltedPassword: Uint8Array;
}

/** Asks for log-ins to be taken away and to be kept. */
export function writeAlterScramUsersRequest(
  deletions: readonly ScramDeletion[],
  upsertions: readonly ScramUpsertion[],
): Uint8Array {
  const writer = new ByteWriter().tags();
  writer.compactArray(deletions, ({ user, mechanism }) => {
    writer.compactString(user).int8(codeOfMechanism(mechanism)).tags();
  });
  writer.compactArray(upsertions, ({ user, mechanism, iterations, salt, saltedPassword }) => {
    writer.compactString(user).int8(codeOfMechanism(mechanism)).int32(iterations);
    writer.compactBytes(salt).compactBytes(saltedPassword).tags();
  });
  return writer.tags().finish();
}

/** Reads the answers, one a user. Throws a RangeError where it is cut short. */
export function readAlterScramUsersResponse(
  body: Buffer,
): readonly (BrokerAnswer & { readonly user: string })[] {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  return reader.compactArray(() => {
    const result = { user: reader.compactString(), ...readBrokerAnswer(reader) };
    reader.tags();
    return result;
  });
}
