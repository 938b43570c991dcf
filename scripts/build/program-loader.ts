import { runCachedProgram, userCacheFolder } from '../../adapters/system/cached-program.ts';
import { growYoungSpaceAtOnce } from '../../adapters/system/young-space.ts';

/**
 * What a program is started by: the file's own name says which bundle it runs. What its first argument asks for is kept
 * apart: code that was compiled for `--help` would be of no use to a command that reads the log.
 */
growYoungSpaceAtOnce();
runCachedProgram({
  bundle: __filename.replace(/\.cjs$/, '.program.cjs'),
  cacheFolder: userCacheFolder(process.env),
  task: /^[a-z][a-z-]{0,40}$/.exec(process.argv[2] ?? '')?.[0] ?? '',
});
