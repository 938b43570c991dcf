import { mkdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { unzip } from '../../../../scripts/set-up/unzip.mjs';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';

interface Member {
  readonly name: string;
  readonly text: string;
  readonly mode: number;
  readonly isDeflated: boolean;
}

const PROGRAM: Member = {
  name: 'top/bin/program',
  text: 'run '.repeat(500),
  mode: 0o100755,
  isDeflated: true,
};
const NOTE: Member = { name: 'top/note.txt', text: 'note', mode: 0o100644, isDeflated: false };

describe('unzip', () => {
  it('writes stored and deflated members with their modes', async () => {
    const folder = await unpack([PROGRAM, NOTE], (name) => name.slice('top/'.length));
    expect(readFileSync(join(folder, 'bin/program'), 'utf8')).toBe(PROGRAM.text);
    expect(statSync(join(folder, 'bin/program')).mode & 0o111).not.toBe(0);
    expect(readFileSync(join(folder, 'note.txt'), 'utf8')).toBe('note');
    expect(statSync(join(folder, 'note.txt')).mode & 0o111).toBe(0);
  });

  it('leaves out what it is told to', async () => {
    const folder = await unpack([PROGRAM, NOTE], (name) =>
      name === NOTE.name ? undefined : 'kept',
    );
    expect(readFileSync(join(folder, 'kept'), 'utf8')).toBe(PROGRAM.text);
    expect(statSync(join(folder, 'top'), { throwIfNoEntry: false })).toBeUndefined();
  });

  it('makes symbolic links', async () => {
    const link = { name: 'latest', text: 'bin/program', mode: 0o120777, isDeflated: false };
    const folder = await unpack([link], (name) => name);
    expect(readlinkSync(join(folder, 'latest'))).toBe('bin/program');
  });

  it.each(['../outside', '/etc/outside'])('refuses a member that goes to %s', async (target) => {
    await expect(unpack([NOTE], () => target)).rejects.toThrow('leaves its folder');
  });

  it('refuses what is not an archive, and half of one', async () => {
    const folder = await ownFolder();
    const archive = join(folder, 'half.zip');
    writeFileSync(archive, zip([PROGRAM]).subarray(0, 60));
    expect(() => unzip(archive, folder, (name) => name)).toThrow('not a zip archive');
  });
});

async function unpack(
  members: readonly Member[],
  targetOf: (name: string) => string | undefined,
): Promise<string> {
  const folder = await ownFolder();
  const archive = join(folder, 'made.zip');
  writeFileSync(archive, zip(members));
  unzip(archive, join(folder, 'out'), targetOf);
  return join(folder, 'out');
}

async function ownFolder(): Promise<string> {
  const folder = await createTemporaryFolder('zip');
  onTestFinished(() => folder.remove());
  mkdirSync(folder.path);
  return folder.path;
}

/** A zip archive as any tool would make it; checksums are left 0, since what reads it pins the whole archive's hash. */
function zip(members: readonly Member[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.name);
    const packed = member.isDeflated
      ? deflateRawSync(Buffer.from(member.text))
      : Buffer.from(member.text);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(member.isDeflated ? 8 : 0, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(member.mode * 0x10000, 38);
    entry.writeUInt32LE(offset, 42);
    bodies.push(head, name, packed);
    directory.push(entry, name);
    offset += head.length + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}
