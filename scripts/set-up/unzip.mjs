import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_LENGTH = 22;
const MAX_COMMENT = 0xffff;
const SYMLINK = 0o120000;
const FILE_KIND = 0o170000;

/** @typedef {{ name: string, method: number, packedLength: number, offset: number, mode: number }} ZipEntry */

/**
 * Unpacks a zip archive (stored and deflated members, Unix modes, symbolic links; below 4 GiB).
 * `targetOf` answers where a member goes below `folder`, or undefined to leave it out.
 * Throws when the archive is damaged or a member would leave the folder.
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | undefined} targetOf
 */
export function unzip(archive, folder, targetOf) {
  const file = openSync(archive, 'r');
  try {
    for (const entry of readDirectory(file)) {
      const target = entry.name.endsWith('/') ? undefined : targetOf(entry.name);
      if (target !== undefined) writeMember(file, entry, join(folder, safePath(target)));
    }
  } finally {
    closeSync(file);
  }
}

/**
 * @param {number} file
 * @param {ZipEntry} entry
 * @param {string} path
 */
function writeMember(file, entry, path) {
  mkdirSync(dirname(path), { recursive: true });
  const bytes = readMember(file, entry);
  if ((entry.mode & FILE_KIND) === SYMLINK) symlinkSync(safePath(bytes.toString('utf8')), path);
  else writeFileSync(path, bytes, { mode: entry.mode & 0o777 || 0o644 });
}

/**
 * @param {number} file
 * @param {ZipEntry} entry
 */
function readMember(file, entry) {
  const header = readAt(file, entry.offset, 30);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = readAt(file, start, entry.packedLength);
  if (entry.method === 0) return packed;
  if (entry.method === 8) return inflateRawSync(packed);
  throw new Error(`${entry.name}: compression method ${entry.method} is not known`);
}

/**
 * @param {number} file
 * @returns {ZipEntry[]}
 */
function readDirectory(file) {
  const size = fstatSync(file).size;
  const tailLength = Math.min(size, END_LENGTH + MAX_COMMENT);
  const end = readAt(file, size - tailLength, tailLength);
  let at = end.length - END_LENGTH;
  while (at >= 0 && end.readUInt32LE(at) !== END_OF_DIRECTORY) at -= 1;
  if (at < 0) throw new Error('not a zip archive, or a truncated one');
  const directory = readAt(file, end.readUInt32LE(at + 16), end.readUInt32LE(at + 12));
  return parseDirectory(directory);
}

/**
 * @param {Buffer} directory
 * @returns {ZipEntry[]}
 */
function parseDirectory(directory) {
  const entries = [];
  for (let at = 0; at < directory.length; ) {
    if (directory.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('damaged zip directory');
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packedLength: directory.readUInt32LE(at + 20),
      offset: directory.readUInt32LE(at + 42),
      mode: directory.readUInt32LE(at + 38) >>> 16,
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * @param {number} file
 * @param {number} position
 * @param {number} length
 */
function readAt(file, position, length) {
  const bytes = Buffer.alloc(length);
  if (readSync(file, bytes, 0, length, position) !== length)
    throw new Error('truncated zip archive');
  return bytes;
}

/** @param {string} path */
function safePath(path) {
  const plain = normalize(path);
  if (plain.startsWith('..') || plain.startsWith('/')) throw new Error(`${path} leaves its folder`);
  return plain;
}
