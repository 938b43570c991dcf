#!/usr/bin/env node
// `node scripts/set-up.mjs tools|start|test`: everything between a fresh clone and `npm run check`, `npm start`, `npm test`.
// Uses nothing but Node until the locked dependencies are there.
import { projectRoot } from './electron-runtime.mjs';
import { setUpBroker } from './set-up/broker.mjs';
import { setUpDependencies } from './set-up/dependencies.mjs';
import { setUpElectron } from './set-up/electron.mjs';
import { createReport } from './set-up/report.mjs';
import { SetUpError } from './set-up/run.mjs';
import { hasBroker, setUpSystemPackages } from './set-up/system-packages.mjs';

const MIN_NODE = [20, 20];

try {
  await setUp(process.argv[2]);
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  process.stderr.write(`set-up: ${error.message}\n`);
  process.exitCode = 1;
}

/** @param {string | undefined} mode */
async function setUp(mode) {
  if (mode !== 'tools' && mode !== 'start' && mode !== 'test') {
    throw new SetUpError(
      'say what for: `node scripts/set-up.mjs tools`, `... start` or `... test`',
    );
  }
  requireNode();
  const report = createReport();
  await setUpDependencies(projectRoot, report);
  // Checks, unit tests, builds and services run nothing but Node.
  if (mode === 'tools') return;
  await setUpSystemPackages(mode, report);
  await setUpElectron(report);
  if (mode === 'test' && !hasBroker()) await setUpBroker(report);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [minMajor = 0, minMinor = 0] = MIN_NODE;
  if (major > minMajor || (major === minMajor && minor >= minMinor)) return;
  throw new SetUpError(
    `Node ${process.versions.node} is too old: Klaxon needs ${MIN_NODE.join('.')} or newer.`,
  );
}
