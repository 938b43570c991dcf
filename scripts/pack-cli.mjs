#!/usr/bin/env node
// `npm run pack:cli`: the command line as a package of its own, dist/klaxon-VERSION.tgz, for `npm i -g`.
import { join } from 'node:path';
import { packCli } from './build/pack-cli.mjs';
import { projectRoot } from './electron-runtime.mjs';

process.stdout.write(`${await packCli(join(projectRoot, 'dist'))}\n`);
