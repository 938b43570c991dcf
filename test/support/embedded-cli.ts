import { afterAll, beforeAll } from 'vitest';
import { type CliRun, createTestCli, type TestCli } from './cli-run.ts';
import { wordsOf } from './command-words.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

/** The command line, and a folder for a log of its own. */
export interface EmbeddedCli {
  readonly folder: string;
  readonly cli: TestCli;
  /** Runs a line of words on the log in the folder. */
  run(line: string): Promise<CliRun>;
}

/** Makes one for the tests of a file, and takes the folder away after them. To be asked for once they run. */
export function startEmbeddedCli(): () => EmbeddedCli {
  let started: (EmbeddedCli & { remove(): Promise<void> }) | undefined;
  beforeAll(async () => {
    const { path, remove } = await createTemporaryFolder('alarm-log');
    const cli = await createTestCli({ ALARM_LOG: 'none' });
    const run = (line: string) => cli.run([...wordsOf(line), '--embedded', path]);
    started = { folder: path, cli, run, remove };
  });
  afterAll(() => started?.remove());
  return () => {
    if (started === undefined) throw new Error('no test runs yet');
    return started;
  };
}
