import type { ApiRange } from '../connection/cluster.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/** From version 5 on groups of the new protocols are told apart. */
export const LIST_GROUPS: ApiRange = { apiKey: 16, apiName: 'ListGroups', min: 5, max: 5 };

/** A group as the broker that looks after it lists it. */
export interface ListedGroup {
  readonly group: string;
  readonly protocolType: string;
  readonly state: string;
  /** `classic`, `consumer`, `share`, … */
  readonly type: string;
}

/** Asks one broker for all groups that it looks after. */
export function writeListGroupsRequest(): Uint8Array {
  const writer = new ByteWriter().tags();
  writer.compactArray([], () => undefined);
  return writer
    .compactArray([], () => undefined)
    .tags()
    .finish();
}

/** Reads the answer. Throws a RangeError where it is cut short. */
export function readListGroupsResponse(body: Buffer): {
  readonly errorCode: number;
  readonly groups: readonly ListedGroup[];
} {
  const reader = new ByteReader(body);
  reader.tags();
  reader.int32(); // throttle time
  const errorCode = reader.int16();
  const groups = reader.compactArray(() => {
    const group = reader.compactString();
    const protocolType = reader.compactString();
    const state = reader.compactString();
    const listed = { group, protocolType, state, type: reader.compactString().toLowerCase() };
    reader.tags();
    return listed;
  });
  return { errorCode, groups };
}
