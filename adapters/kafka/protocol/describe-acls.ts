import type { ApiRange } from '../connection/cluster.ts';
import { readAclEntry, readAclResource, writeAclFilter } from './acl-filter.ts';
import type { Acl, AclFilter } from './acl-words.ts';
import { type BrokerAnswer, readBrokerAnswer } from './broker-answer.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

export const DESCRIBE_ACLS: ApiRange = { apiKey: 29, apiName: 'DescribeAcls', min: 2, max: 3 };

/** Asks for the rules that a filter takes in. */
export function writeDescribeAclsRequest(filter: AclFilter): Uint8Array {
  return writeAclFilter(new ByteWriter().tags(), filter).tags().finish();
}

/** Reads the answer. Throws a RangeError where it is cut short. */
export function readDescribeAclsResponse(
  body: Buffer,
): BrokerAnswer & { readonly acls: readonly Acl[] } {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  const answer = readBrokerAnswer(reader);
  const acls = reader.compactArray(() => {
    const resource = readAclResource(reader);
    const entries = reader.compactArray(() => readAclEntry(reader));
    reader.tags();
    return entries.map((entry) => ({ ...resource, ...entry }));
  });
  return { ...answer, acls: acls.flat() };
}
