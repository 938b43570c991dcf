/**
 * Why a file cannot be used, from what the operating system threw: the end of a sentence such as “The file x cannot be
 * read: …”, without its full stop. What is not known here is said in the system’s own words.
 */
export function fileFault(thrown: unknown): string {
  const known = FILE_FAULTS[codeOf(thrown)];
  if (known !== undefined) return known;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The words for each code of the operating system and of Node. */
export const FILE_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'it exists already',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'nothing can be written to that disk',
  ENOSPC: 'the disk is full',
  EDQUOT: 'this user’s share of the disk is full',
  EFBIG: 'it is too large',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENXIO: 'it is no file that can be read',
  EIO: 'the disk does not give it',
  ERR_INVALID_ARG_VALUE: 'no file can have this name',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not text in UTF-8',
};

function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error) || !('code' in thrown)) return '';
  return typeof thrown.code === 'string' ? thrown.code : '';
}
