import type { ApiRange } from '../connection/cluster.ts';
import { readAclEntry, readAclResource, writeAclFilter } from './acl-filter.ts';
import type { Acl, AclFilter } from './acl-words.ts';
import { type BrokerAnswer, readBrokerAnswer } from './broker-answer.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

export const DELETE_ACLS: ApiRange = { apiKey: 31, apiName: 'DeleteAcls', min: 2, max: 3 };

/** Which rules one filter took away, or why it could not. */
export interface AclsDeleted extends BrokerAnswer {
  readonly acls: readonly (BrokerAnswer & { readonly acl: Acl })[];
}

/** Asks for every rule that any of the filters takes in to be removed. */
export function writeDeleteAclsRequest(filters: readonly AclFilter[]): Uint8Array {
  const writer = new ByteWriter().tags();
  writer.compactArray(filters, (filter) => writeAclFilter(writer, filter).tags());
  return writer.tags().finish();
}

/** Reads the answers, in the order of the filters. Throws a RangeError where it is cut short. */
export function readDeleteAclsResponse(body: Buffer): readonly AclsDeleted[] {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  return reader.compactArray(() => {
    const answer = readBrokerAnswer(reader);
    const acls = reader.compactArray(() => ({
      ...readBrokerAnswer(reader),
      acl: { ...readAclResource(reader), ...readAclEntry(reader) },
    }));
    reader.tags();
    return { ...answer, acls };
  });
}
