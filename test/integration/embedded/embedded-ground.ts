import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openEmbeddedLog } from '../../../adapters/embedded/embedded-log.ts';
import { createSystemClock } from '../../../adapters/system/system-clock.ts';
import type { AlarmLog, LogProblem } from '../../../core/ports/alarm-log.ts';
import type { HeardRecord } from '../../fakes/recording-listener.ts';
import { createRecordingListener, isIn } from '../../fakes/recording-listener.ts';

const WRITER = new URL('../../support/embedded-writer.ts', import.meta.url).pathname;

/** A writing process as it was up to its end. */
export interface WriterRun {
  /** What it said, line by line. */
  readonly lines: readonly string[];
}

/** What to do with the writing process: kill it at the line that `killAt` says yes to, or let it end by itself. */
export interface WriterOptions {
  readonly folder: string;
  readonly run: string;
  readonly valueBytes?: number;
  readonly killAt?: (lines: readonly string[]) => boolean;
  /** A limit to the size of every file that it writes, in KiB. */
  readonly fileSizeKiB?: number;
}

/** Runs the writing process until it ends; killed means SIGKILL, in the middle of whatever it does. */
export function runWriter(options: WriterOptions): Promise<WriterRun> {
  const { folder, run, valueBytes = 100, killAt, fileSizeKiB } = options;
  const command = [process.execPath, '--import', 'tsx', WRITER, folder, run, String(valueBytes)];
  const limit = fileSizeKiB === undefined ? '' : `ulimit -f ${fileSizeKiB}; `;
  const child = spawn('bash', ['-c', `${limit}exec "$@"`, 'writer', ...command], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    if (killAt?.(lines) === true) {
      child.kill('SIGKILL');
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve({ lines }));
  });
}

/** Opens the log in the folder, remembering notices. */
export async function openLog(
  folder: string,
): Promise<{ readonly log: AlarmLog; readonly notices: readonly LogProblem[] }> {
  const notices: LogProblem[] = [];
  const opened = await openEmbeddedLog(folder, {
    clock: createSystemClock(),
    onNotice: (notice) => notices.push(notice),
  });
  if (!opened.ok) {
    throw new Error(`${opened.error.code}: ${opened.error.message}`);
  }
  return { log: opened.value, notices };
}

/** Everything that stands in the topics. */
export async function readAll(log: AlarmLog, topics: readonly string[]): Promise<HeardRecord[]> {
  const heard = createRecordingListener();
  const reading = log.read(topics, heard);
  await heard.until((now) => isIn('live')(now) || isIn('failed')(now));
  await reading.close();
  return [...heard.records];
}

/** The store's files with that ending, the newest last. */
export async function filesOf(folder: string, ending: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending)).sort();
  return names.map((name) => join(folder, name));
}
