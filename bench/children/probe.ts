import { createInterface } from 'node:readline';
import { app, type WebContents } from 'electron';
import { answerLoopRequest } from '../support/loop-watch.ts';

/**
 * Loaded into the main process of a measured program before the program itself (`electron -r probe.cjs APP`). It takes one
 * JSON object a line from standard input, and answers `{"bench":id,"answer":…}` on standard output.
 * The script in KLAXON_BENCH_SCRIPT runs in the first page as soon as that has been parsed; its answer has the id `start`.
 */
const startScript = process.env['KLAXON_BENCH_SCRIPT'] ?? '';
let page: WebContents | null = null;

app.on('web-contents-created', (_, contents) => {
  if (page !== null) return;
  page = contents;
  contents.once('dom-ready', () => {
    if (startScript !== '') void answerFrom('start', contents.executeJavaScript(startScript));
  });
});

createInterface({ input: process.stdin }).on('line', (line) => {
  const request: unknown = JSON.parse(line);
  if (typeof request !== 'object' || request === null || !('id' in request)) return;
  const id = String(request.id);
  if ('page' in request) void answerFrom(id, inPage(String(request.page)));
  else if ('loop' in request) answer(id, answerLoopRequest(String(request.loop)));
});

function inPage(script: string): Promise<unknown> {
  return page === null ? Promise.reject(new Error('no page')) : page.executeJavaScript(script);
}

async function answerFrom(id: string, wanted: Promise<unknown>): Promise<void> {
  try {
    answer(id, await wanted);
  } catch (thrown) {
    process.stdout.write(`${JSON.stringify({ bench: id, failed: String(thrown) })}\n`);
  }
}

function answer(id: string, value: unknown): void {
  process.stdout.write(`${JSON.stringify({ bench: id, answer: value ?? null })}\n`);
}
