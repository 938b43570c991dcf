#!/usr/bin/env node
// `npm run build`: the desktop by electron-vite and the headless services by esbuild, into out/. `--if-needed` leaves
// out/ alone when no source has changed.
import { buildAll, buildIfNeeded } from './build/build-all.mjs';

const isLazy = process.argv.includes('--if-needed');
process.exitCode = await (isLazy ? buildIfNeeded() : buildAll());
