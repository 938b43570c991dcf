import type { AlarmState } from '../../core/alarm/alarm-state.ts';
import { viewAlarm } from '../../core/effective-state/view-alarm.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { jsonText } from '../../schemas/codecs/avro-json.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { DONE, failed } from '../command/outcome.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { alarmLine } from '../output/alarm-line.ts';
import { createChunkedOutput } from '../output/text-chunks.ts';
import { type OpenAlarms, readAlarms } from '../reading/read-alarms.ts';
import { withSite } from '../site/open-site.ts';

/** Seed 0's `client.py`: the whole state, and then each change. */
export const client: Command = {
  name: 'client',
  group: 'Alarms',
  summary: 'Print the state of every alarm, then each change',
  details: [
    'A line is: NAME Reg: registration Alm: alarming record Ack: acknowledgement Shel: shelf. Only alarms with an alarming record are shown. An acknowledgement is shown where it counts, by the console’s own rules, so it is the same before and after compaction.',
    'With --json each line is the alarm’s row as the console shows it (docs/cli.md).',
  ],
  operands: [],
  options: [JSON_LINES, ...SITE_OPTIONS],
  examples: [{ line: 'client', does: 'Until interrupted.' }],
  run: (call) =>
    withSite(call, async (site) => {
      const alarms = await readAlarms(call, site);
      if (!alarms.ok) return failed(alarms.error);
      await new StatePrinter(call, alarms.value).run();
      await alarms.value.close();
      return DONE;
    }),
};

class StatePrinter {
  readonly #call: CommandCall;
  readonly #alarms: OpenAlarms;
  readonly #isJson: boolean;

  constructor(call: CommandCall, alarms: OpenAlarms) {
    this.#call = call;
    this.#alarms = alarms;
    this.#isJson = call.given.has(JSON_LINES);
  }

  async run(): Promise<void> {
    const { terminal } = this.#call;
    const { reader } = this.#alarms;
    // Asked for before the first line is out: from then on Ctrl+C ends the command in order.
    const asked = terminal.ended;
    const names = [...reader.book.states()].map(({ name }) => name).sort();
    reader.book.takeChanges(reader.now());
    await this.#title('Initial State:');
    await this.#print(names);
    await this.#title('Continuing to monitor:');
    let isEnded = false;
    let wake = (): void => undefined;
    const ended = asked.then(() => {
      isEnded = true;
    });
    this.#alarms.onChange(() => wake());
    while (!isEnded) {
      const more = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const { rows, removed } = reader.book.takeChanges(reader.now());
      await this.#print([...rows.map(({ name }) => name), ...removed]);
      if (!reader.book.hasChanges) await Promise.race([ended, more]);
    }
  }

  async #title(text: string): Promise<void> {
    if (!this.#isJson) await this.#call.terminal.write(`${text}\n`);
  }

  async #print(names: readonly AlarmName[]): Promise<void> {
    const output = createChunkedOutput(this.#call.terminal);
    const { reader } = this.#alarms;
    for (const name of names) {
      const state = reader.book.state(name);
      if (state === undefined || !hasAlarmed(state)) continue;
      const line = this.#isJson
        ? `${jsonText(viewAlarm(state, reader.now()))}\n`
        : alarmLine(state);
      await output.add(line);
    }
    await output.flush();
  }
}

function hasAlarmed({ simple, epics }: AlarmState): boolean {
  return simple !== null || epics !== null;
}
