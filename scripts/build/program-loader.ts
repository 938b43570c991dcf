import { runCachedProgram, userCacheFolder } from '../../adapters/system/cached-program.ts';

/** What a program is started by: the file's own name says which bundle it runs. */
runCachedProgram({
  bundle: __filename.replace(/\.cjs$/, '.program.cjs'),
  cacheFolder: userCacheFolder(process.env),
});
