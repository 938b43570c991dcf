import { join } from 'node:path';
import { projectRoot } from '../electron-runtime.mjs';

const MINUTE_MS = 60_000;

/**
 * A program of the project's own tools, and how long it may take.
 * @typedef {{ name: string, command: string, args: readonly string[], timeoutMs: number }} Step
 */

/**
 * What is asked of the sources themselves, quickest first.
 * @type {readonly Step[]}
 */
export const CHECKS = [
  step('format', '@biomejs/biome/bin/biome', ['format', '.']),
  step('lint', '@biomejs/biome/bin/biome', ['lint', '--error-on-warnings', '.']),
  step('lint with types', 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']),
  step('types', 'typescript/bin/tsc', ['-b']),
  step('dead code', 'knip/bin/knip.js', ['--no-progress']),
];

/**
 * The architecture and unit tests.
 * @param {readonly string[]} reporters
 * @returns {Step}
 */
export function unitTests(reporters = []) {
  return step('architecture and unit tests', 'vitest/vitest.mjs', [
    'run',
    '--project',
    'unit',
    ...reporters,
  ]);
}

/**
 * A step that runs a tool out of node_modules with the Node that runs us.
 * @param {string} name
 * @param {string} tool
 * @param {readonly string[]} args
 * @param {number} [minutes]
 * @returns {Step}
 */
export function step(name, tool, args, minutes = 5) {
  return {
    name,
    command: process.execPath,
    args: [join(projectRoot, 'node_modules', tool), ...args],
    timeoutMs: minutes * MINUTE_MS,
  };
}
