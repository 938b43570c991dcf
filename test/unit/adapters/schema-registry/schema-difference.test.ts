import { describe, expect, it } from 'vitest';
import { compareSchema } from '../../../../adapters/schema-registry/schema-difference.ts';

const OURS = '{"type":"record","name":"A","fields":[{"name":"a","type":"int"}]}';
const SPACED = '{ "name": "A", "type": "record", "fields": [{"type": "int", "name": "a"}] }';
const OTHER =
  '{"type":"record","name":"A","fields":[{"name":"a","type":"long"},{"name":"b","type":"int"}]}';

describe('compareSchema', () => {
  it('tells missing, same, older and other', () => {
    expect(compareSchema([], OURS)).toEqual({ difference: 'missing', details: [] });
    expect(compareSchema([OTHER, SPACED], OURS)).toEqual({ difference: 'same', details: [] });
    expect(compareSchema([OURS, OTHER], OURS).difference).toBe('older');
    expect(compareSchema([OTHER], OURS).difference).toBe('other');
  });

  it('says where, and what stands on either side', () => {
    expect(compareSchema([OTHER], OURS).details).toEqual([
      'fields[0].type: theirs "long", ours "int"',
      'fields[1]: theirs {"name":"b","type":"int"}, ours nothing',
    ]);
  });

  it('a schema that is no JSON differs as a whole', () => {
    expect(compareSchema(['{'], OURS).details).toEqual([
      expect.stringMatching(/^schema: theirs "\{"/),
    ]);
  });
});
