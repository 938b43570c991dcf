#!/usr/bin/env node
// `npm run check`: format, lint, types, dead code, architecture and unit tests, with the time that each took.
import { projectRoot } from './electron-runtime.mjs';
import { runInherited, STOPPED } from './process/child.mjs';
import { CHECKS, unitTests } from './test/checks.mjs';

const results = [];
for (const { name, command, args, timeoutMs } of [...CHECKS, unitTests()]) {
  process.stdout.write(`\n== ${name}\n`);
  const startedAt = performance.now();
  const code = await runInherited(command, args, { cwd: projectRoot, timeoutMs });
  if (code === STOPPED) process.exit(STOPPED);
  results.push({ name, code, seconds: (performance.now() - startedAt) / 1_000 });
}

process.stdout.write('\n');
for (const { name, code, seconds } of results) {
  const verdict = code === 0 ? 'ok' : `failed (${code})`;
  process.stdout.write(`${name.padEnd(30)}${seconds.toFixed(1).padStart(6)} s  ${verdict}\n`);
}
const total = results.reduce((sum, { seconds }) => sum + seconds, 0);
process.stdout.write(`${'total'.padEnd(30)}${total.toFixed(1).padStart(6)} s\n`);
process.exitCode = results.some(({ code }) => code !== 0) ? 1 : 0;
