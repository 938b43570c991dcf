import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { parseStart } from '../../../../main/console/start-arguments.ts';
import { type LogThread, startLogThread } from '../../../../main/log-thread/log-thread.ts';
import { createRecordingLogger } from '../../../fakes/recording-logger.ts';

/** A thread of the same form as the product's, which does what the name of the alarm says. */
const THREAD = `
const { parentPort } = require('node:worker_threads');
let version = '';
parentPort.on('message', (message) => {
  if (message.message === 'start') version = message.start.version;
  if (message.message === 'close') process.exit();
  if (message.message === 'words') parentPort.postMessage({ message: 'reported', line: message.words.notices[0] });
  if (message.message !== 'request') return;
  const { id, name, input } = message;
  if (input.name === 'die') process.exit(7);
  const value = { name: input.name, why: [version], registration: null, records: [], secret: 1 };
  parentPort.postMessage({ message: 'answer', id, answer: { ok: true, value } });
  parentPort.postMessage({ message: 'event', windowId: 3, name: 'session:changed', payload: { version: '1' } });
  parentPort.postMessage({ message: 'logged', level: 'warn', text: 'asked', fields: { name } });
});
`;

const folder = mkdtempSync(join(tmpdir(), 'klaxon-thread-'));
const path = join(folder, 'thread.cjs');
writeFileSync(path, THREAD);
const started: LogThread[] = [];

afterEach(async () => {
  for (const thread of started.splice(0)) await thread.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Seen {
  readonly events: unknown[];
  readonly lines: string[];
  readonly restarts: string[];
}

function openThread() {
  const seen: Seen = { events: [], lines: [], restarts: [] };
  const logger = createRecordingLogger();
  const thread = startLogThread({
    takeWorker: () => new Worker(path),
    start: {
      profile: { log: 'embedded', folder },
      identity: { user: 'alice', producer: 'klaxon-console', host: 'console1' },
      version: '0.1.0',
      start: parseStart([], {}, false),
    },
    logger,
    onEvent: (event) => seen.events.push(event),
    onReport: (line) => seen.lines.push(line),
    onScreenshotDue: () => undefined,
    onRestart: (reason) => seen.restarts.push(reason),
  });
  started.push(thread);
  return { thread, seen, logger };
}

describe('the thread that reads the log', () => {
  it('answers a request with what the contract knows and nothing else, and passes on events and lines', async () => {
    const { thread, seen, logger } = openThread();
    const answer = await thread.handlers['alarm:readDetail']({ name: 'channel1' }, 3);
    expect(answer).toEqual({
      ok: true,
      value: { name: 'channel1', why: ['0.1.0'], registration: null, records: [] },
    });
    await vi.waitFor(() => expect(logger.lines).toHaveLength(1));
    expect(seen.events).toMatchObject([{ windowId: 3, name: 'session:changed' }]);
  });

  it('leaves nobody waiting when it ends by itself, and another one takes its place with the same words', async () => {
    const { thread, seen } = openThread();
    thread.setWords({ documentBase: '', notices: ['a notice'] });
    await vi.waitFor(() => expect(seen.lines).toEqual(['a notice']));
    const lost = await thread.handlers['alarm:readDetail']({ name: 'die' }, 3);
    expect(lost).toMatchObject({ ok: false, error: { code: 'Failed' } });
    expect(await thread.handlers['alarm:readDetail']({ name: 'channel1' }, 3)).toEqual(lost);
    await vi.waitFor(() => expect(seen.restarts).toEqual(['exit code 7']));
    await vi.waitFor(() => expect(seen.lines).toEqual(['a notice', 'a notice']));
    expect(await thread.handlers['alarm:readDetail']({ name: 'channel1' }, 3)).toMatchObject({
      ok: true,
    });
  });
});
