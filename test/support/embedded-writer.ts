import { openEmbeddedLog } from '../../adapters/embedded/embedded-log.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';

/**
 * A process that appends to an embedded log until it is killed, or until an append fails.
 * Arguments: folder, a word that makes its values unlike those of other runs, size of a value in bytes.
 * Prints a line for each acknowledged record, `topic offset word`, where the value is the word and dots, and for a failure `failed code`.
 */
const [folder = '', run = '', size = '100'] = process.argv.slice(2);
const WRITERS = 6;
const KEYS = 5;

// A limit to file sizes shows as a signal first; the write then fails as it would on a full disk.
process.on('SIGXFSZ', () => undefined);

async function main(): Promise<void> {
  const clock = createSystemClock();
  const onNotice = (notice: { readonly message: string }) => say(`notice ${notice.message}`);
  const opened = await openEmbeddedLog(folder, { clock, onNotice, compactFrom: 40 });
  if (!opened.ok) {
    say(`failed ${opened.error.code}`);
    return;
  }
  const log = opened.value;
  const created = await log.createTopics([
    { topic: 'whole', partitions: 1, settings: { 'cleanup.policy': 'delete' } },
    { topic: 'compacted', partitions: 1, settings: { 'cleanup.policy': 'compact' } },
  ]);
  say(created.ok ? 'ready' : `failed ${created.error.code}`);
  let isOver = !created.ok;
  let count = 0;

  async function appendOne(): Promise<void> {
    count += 1;
    const topic = count % 2 === 0 ? 'whole' : 'compacted';
    const word = `${run}-${count}`;
    const value = word.padEnd(Number(size), '.');
    const appended = await log.append({
      topic,
      key: Buffer.from(`key ${count % KEYS}`),
      value: Buffer.from(value),
      headers: [],
      timestampAt: clock.now(),
    });
    if (appended.ok) {
      say(`${topic} ${appended.value.offset} ${word}`);
    } else {
      isOver = true;
      say(`failed ${appended.error.code}`);
    }
  }

  async function appendOn(): Promise<void> {
    while (!isOver) {
      await appendOne();
    }
  }

  await Promise.all(Array.from({ length: WRITERS }, appendOn));
  await log.close();
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
