import { describe, expect, it } from 'vitest';
import { parseExport } from '../../../../cli/writing/exported-lines.ts';

const HEAD = { klaxonExport: 1, topics: ['active-alarms'] };
const SCHEMA = { subject: 'active-alarms-value', version: 1, id: 4, schema: '"string"' };
const recordAt = (offset: number) => ({
  topic: 'active-alarms',
  partition: 0,
  offset,
  timestampAt: 1_700_000_000_000,
  key: 'QQ==',
  value: null,
  headers: [['user', 'w5g=']],
});
const endAfter = (records: number, unreadable = 0) => ({
  klaxonExportEnd: { records, unreadable },
});

function fileOf(...lines: readonly unknown[]): Buffer {
  return Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

describe('parseExport', () => {
  it('reads topics, schemas and records', () => {
    const records = [recordAt(0), recordAt(1)];
    expect(parseExport(fileOf(HEAD, SCHEMA, ...records, endAfter(2, 1)))).toEqual({
      ok: true,
      value: { topics: ['active-alarms'], schemas: [SCHEMA], records, unreadable: 1 },
    });
  });

  it('refuses a file that was cut off at any byte', () => {
    const whole = fileOf(HEAD, SCHEMA, recordAt(0), recordAt(1), endAfter(2));
    // Without the last new line nothing is missing.
    for (let length = 0; length < whole.length - 1; length += 1) {
      expect(parseExport(whole.subarray(0, length)).ok, `${length} bytes`).toBe(false);
    }
    expect(parseExport(whole.subarray(0, whole.length - 1)).ok).toBe(true);
  });

  it('says why a file is refused', () => {
    const reasonOf = (...lines: readonly unknown[]) => parseExport(fileOf(...lines));
    expect(reasonOf({ hello: 1 })).toMatchObject({ error: expect.stringContaining('no file of') });
    expect(reasonOf(HEAD, recordAt(0))).toMatchObject({
      error: expect.stringContaining('not whole'),
    });
    expect(reasonOf(HEAD, recordAt(0), endAfter(2))).toMatchObject({
      error: 'This export holds 1 records, and ends by saying 2.',
    });
    expect(reasonOf(HEAD, { a: 1 }, endAfter(0))).toMatchObject({
      error: 'Line 2 is neither a schema nor a record.',
    });
  });
});
