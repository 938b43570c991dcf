#!/usr/bin/env node
// `npm run package [-- TARGETS]`: the built console as an installable application, around the same runtime that
// `npm start` uses. Without targets: on Linux the folder and a .deb, elsewhere what electron-builder.yml names.
import { buildAll } from './build/build-all.mjs';
import { buildPackages } from './package/build-packages.mjs';
import { ToolError, toolsFor } from './package/package-tools.mjs';

const LINUX_TARGETS = ['dir', 'deb'];

const named = process.argv.slice(2);
const targets = named.length === 0 && process.platform === 'linux' ? LINUX_TARGETS : named;
process.exitCode = await makePackages();

async function makePackages() {
  try {
    const tools = process.platform === 'linux' ? await toolsFor(targets) : {};
    const buildCode = await buildAll();
    return buildCode === 0 ? await buildPackages({ targets, tools }) : buildCode;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    process.stderr.write(`package: ${error.message}\n`);
    return 1;
  }
}
