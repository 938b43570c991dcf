import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAlterScramUsersResponse } from '../../../../../adapters/kafka/protocol/alter-scram-users.ts';
import {
  ByteReader,
  ShortResponseError,
} from '../../../../../adapters/kafka/protocol/byte-reader.ts';
import { ByteWriter } from '../../../../../adapters/kafka/protocol/byte-writer.ts';
import { readConsumerGroupDescribeResponse } from '../../../../../adapters/kafka/protocol/consumer-group-describe.ts';
import { readCreateAclsResponse } from '../../../../../adapters/kafka/protocol/create-acls.ts';
import { readDeleteAclsResponse } from '../../../../../adapters/kafka/protocol/delete-acls.ts';
import { readDeleteTopicsResponse } from '../../../../../adapters/kafka/protocol/delete-topics.ts';
import { readDescribeAclsResponse } from '../../../../../adapters/kafka/protocol/describe-acls.ts';
import { readDescribeClusterResponse } from '../../../../../adapters/kafka/protocol/describe-cluster.ts';
import { readDescribeGroupsResponse } from '../../../../../adapters/kafka/protocol/describe-groups.ts';
import { readDescribeScramUsersResponse } from '../../../../../adapters/kafka/protocol/describe-scram-users.ts';
import { readFindCoordinatorResponse } from '../../../../../adapters/kafka/protocol/find-coordinator.ts';
import { readIncrementalAlterConfigsResponse } from '../../../../../adapters/kafka/protocol/incremental-alter-configs.ts';
import { readListGroupsResponse } from '../../../../../adapters/kafka/protocol/list-groups.ts';
import { readOffsetCommitResponse } from '../../../../../adapters/kafka/protocol/offset-commit.ts';
import { readOffsetFetchResponse } from '../../../../../adapters/kafka/protocol/offset-fetch.ts';
import { readTopicRightsResponse } from '../../../../../adapters/kafka/protocol/topic-rights.ts';

describe('what ByteWriter writes of flexible versions, ByteReader reads', () => {
  it('for every value of every kind', () => {
    const values = fc.record({
      number: fc.integer({ min: 0, max: 2 ** 31 }),
      text: fc.option(fc.string({ unit: 'grapheme', maxLength: 300 })),
      bytes: fc.uint8Array({ maxLength: 300 }),
      list: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 200 }),
    });
    fc.assert(
      fc.property(values, ({ number, text, bytes, list }) => {
        const writer = new ByteWriter().uvarint(number).compactString(text).compactBytes(bytes);
        writer.compactArray(list, (item) => writer.compactString(item).tags()).tags();
        const reader = new ByteReader(Buffer.from(writer.finish()));
        expect(reader.uvarint()).toBe(number);
        expect(reader.compactNullableString()).toBe(text);
        expect(new Uint8Array(reader.compactBytes())).toEqual(bytes);
        const items = reader.compactArray(() => {
          const item = reader.compactString();
          reader.tags();
          return item;
        });
        expect(items).toEqual(list);
        reader.tags();
        expect(() => reader.int8()).toThrow(ShortResponseError);
      }),
    );
  });

  it('passes over tagged fields that it does not know', () => {
    const writer = new ByteWriter().uvarint(2).uvarint(0).compactBytes(new Uint8Array(2));
    const tagged = Buffer.from([2, 0, 3, 9, 9, 9, 200, 1, 0, 42]);
    const reader = new ByteReader(tagged);
    reader.tags();
    expect(reader.int8()).toBe(42);
    expect(writer.length).toBe(5);
  });

  it('ends a number that does not end', () => {
    const reader = new ByteReader(Buffer.alloc(20, 0xff));
    expect(() => reader.uvarint()).toThrow(ShortResponseError);
  });
});

describe('answers that are cut short or made of noise', () => {
  it.each<readonly [string, (body: Buffer) => unknown]>([
    ['alter-scram-users', readAlterScramUsersResponse],
    ['consumer-group-describe', readConsumerGroupDescribeResponse],
    ['create-acls', readCreateAclsResponse],
    ['delete-acls', readDeleteAclsResponse],
    ['delete-topics', readDeleteTopicsResponse],
    ['describe-acls', readDescribeAclsResponse],
    ['describe-cluster', readDescribeClusterResponse],
    ['describe-groups', readDescribeGroupsResponse],
    ['describe-scram-users', readDescribeScramUsersResponse],
    ['find-coordinator', readFindCoordinatorResponse],
    ['incremental-alter-configs', readIncrementalAlterConfigsResponse],
    ['list-groups', readListGroupsResponse],
    ['offset-commit', readOffsetCommitResponse],
    ['offset-fetch', readOffsetFetchResponse],
    ['topic-rights', readTopicRightsResponse],
  ])('%s: a RangeError, or values, never anything else', (_name, read) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          read(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
