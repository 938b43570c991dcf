import { ACL_CODES, ACL_WORDS, type Acl, type AclFilter } from './acl-words.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

/** Writes a filter as DescribeAcls and DeleteAcls have it, without the tags at its end. */
export function writeAclFilter(writer: ByteWriter, filter: AclFilter): ByteWriter {
  return writer
    .int8(ACL_CODES.resource(filter.resource))
    .compactString(filter.name ?? null)
    .int8(ACL_CODES.pattern(filter.pattern))
    .compactString(filter.principal ?? null)
    .compactString(filter.host ?? null)
    .int8(ACL_CODES.operation(filter.operation))
    .int8(ACL_CODES.permission(filter.permission));
}

/** What a rule is about. */
export function readAclResource(reader: ByteReader): Pick<Acl, 'resource' | 'name' | 'pattern'> {
  return {
    resource: ACL_WORDS.resource(reader.int8()),
    name: reader.compactString(),
    pattern: ACL_WORDS.pattern(reader.int8()),
  };
}

/** Who may what of it; with the tags at its end. */
export function readAclEntry(
  reader: ByteReader,
): Pick<Acl, 'principal' | 'host' | 'operation' | 'permission'> {
  const entry = {
    principal: reader.compactString(),
    host: reader.compactString(),
    operation: ACL_WORDS.operation(reader.int8()),
    permission: ACL_WORDS.permission(reader.int8()),
  };
  reader.tags();
  return entry;
}
