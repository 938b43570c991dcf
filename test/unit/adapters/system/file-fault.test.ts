import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileFault } from '../../../../adapters/system/file-fault.ts';

const folder = mkdtempSync(join(tmpdir(), 'klaxon-file-fault-'));
const file = join(folder, 'file');
writeFileSync(file, 'text');
symlinkSync('circle', join(folder, 'circle'));
afterAll(() => rmSync(folder, { recursive: true }));

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (thrown) {
    return thrown;
  }
}

describe('why a file cannot be used', () => {
  it.each([
    ['is not there', () => readFileSync(join(folder, 'none')), 'there is no such file or folder'],
    ['is a folder', () => readFileSync(folder), 'it is a folder, not a file'],
    [
      'lies in a file',
      () => readFileSync(join(file, 'x')),
      'a part of its path is a file, not a folder',
    ],
    ['is there already', () => writeFileSync(file, '', { flag: 'wx' }), 'it exists already'],
    [
      'has a name beyond measure',
      () => readFileSync(join(folder, 'x'.repeat(10_240))),
      'its name is too long',
    ],
    ['has a name that none can have', () => readFileSync('a\0b'), 'no file can have this name'],
    ['links to itself', () => readFileSync(join(folder, 'circle')), 'its links lead in a circle'],
    [
      'is no text',
      () => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from([0xff])),
      'it is not text in UTF-8',
    ],
  ])('that %s is said without a word of the system’s', (_case, work, fault) => {
    expect(fileFault(thrownBy(work))).toBe(fault);
  });

  it('is in the system’s own words where nobody has others', () => {
    expect(fileFault(new Error('the tape is torn'))).toBe('the tape is torn');
    expect(fileFault('torn')).toBe('torn');
  });
});
