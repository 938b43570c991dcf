import type { ApiRange } from '../connection/cluster.ts';
import { ACL_CODES, type Acl } from './acl-words.ts';
import { type BrokerAnswer, readBrokerAnswer } from './broker-answer.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

export const CREATE_ACLS: ApiRange = { apiKey: 30, apiName: 'CreateAcls', min: 2, max: 3 };

/** Asks for the rules to be added; one that exists is left as it is. */
export function writeCreateAclsRequest(acls: readonly Acl[]): Uint8Array {
  const writer = new ByteWriter().tags();
  writer.compactArray(acls, (acl) => {
    writer.int8(ACL_CODES.resource(acl.resource)).compactString(acl.name);
    writer.int8(ACL_CODES.pattern(acl.pattern)).compactString(acl.principal);
    writer.compactString(acl.host).int8(ACL_CODES.operation(acl.operation));
    writer.int8(ACL_CODES.permission(acl.permission)).tags();
  });
  return writer.tags().finish();
}

/** Reads the answers, in the order of the rules. Throws a RangeError where it is cut short. */
export function readCreateAclsResponse(body: Buffer): readonly BrokerAnswer[] {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  return reader.compactArray(() => {
    const answer = readBrokerAnswer(reader);
    reader.tags();
    return answer;
  });
}
