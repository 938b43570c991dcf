import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { endGroup, exitCodeOf, untilToldToEnd } from './child.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

/**
 * What the console reports about itself on its standard output when KLAXON_REPORT=1, one JSON object a line.
 * @typedef {{ klaxon: 'phase', phase: string, detail?: string }
 *   | { klaxon: 'table', text: string }
 *   | { klaxon: 'screenshot', path: string }} ConsoleReport
 */

/** Chromium's own complaints about a machine without graphics card, sound and session bus. */
const CHROMIUM_NOISE = /^\[\d+:\d+\/\d+\.\d+:(ERROR|WARNING|INFO):/;

/**
 * Runs the console on a virtual display: prints how it comes up, the alarm table and where the screenshot is, and
 * stays until the console ends or a signal ends both.
 * @param {string} executable
 * @param {readonly string[]} args
 * @param {string} screenshot
 * @returns {Promise<number>} the exit code: 0 after Ctrl-C
 */
export async function runUnseen(executable, args, screenshot) {
  say('This machine has no display: the console runs on a virtual one.');
  const display = await startVirtualDisplay();
  const child = spawn(executable, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...display.env, KLAXON_REPORT: '1', KLAXON_SCREENSHOT: screenshot },
  });
  const stopped = untilToldToEnd().promise.then((why) => {
    say(`${why}: ending the console.`);
    return 0;
  });
  createInterface({ input: child.stdout }).on('line', onLine);
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (!CHROMIUM_NOISE.test(line)) process.stderr.write(`${line}\n`);
  });
  const code = await Promise.race([stopped, exitCodeOf(child)]);
  await endGroup(child);
  await display.stop();
  return code;
}

/** @param {string} line */
function onLine(line) {
  const report = parseReport(line);
  if (report === undefined) {
    say(line);
    return;
  }
  switch (report.klaxon) {
    case 'phase':
      say(`${[report.phase, report.detail].filter(Boolean).join(': ')}`);
      break;
    case 'table':
      say(`\n${report.text}\n`);
      break;
    case 'screenshot':
      say(`Screenshot: ${report.path}\nThe console stays open: Ctrl-C ends it.`);
      break;
    default:
      say(line);
  }
}

/**
 * @param {string} line
 * @returns {ConsoleReport | undefined}
 */
function parseReport(line) {
  if (!line.startsWith('{"klaxon":')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}
