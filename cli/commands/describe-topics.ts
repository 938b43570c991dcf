import { checkTopics } from '../../adapters/check-up/topics-check.ts';
import { jsonText } from '../../schemas/codecs/avro-json.ts';
import type { Command } from '../command/command.ts';
import { DONE, failed } from '../command/outcome.ts';
import { GENERATION, systemOf } from '../options/generation-option.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { textTable } from '../output/text-table.ts';
import { withSite } from '../site/open-site.ts';
import { SYSTEM_PARTS } from '../site/system-parts.ts';

/** Seed 0's `describe-alarm-topics`, with what is wrong with each. */
export const describeTopics: Command = {
  name: 'describe-topics',
  group: 'Topics and schemas',
  summary: 'Show the alarm topics, their settings, and what is wrong with them',
  details: [],
  operands: [],
  options: [GENERATION, JSON_LINES, ...SITE_OPTIONS],
  examples: [{ line: 'describe-topics', does: 'Topics, partitions, settings, findings.' }],
  run: (call) =>
    withSite(call, async ({ log }) => {
      const { topics: specs } = SYSTEM_PARTS[systemOf(call.given)];
      const states = await log.describeTopics(specs.map(({ topic }) => topic));
      if (!states.ok) return failed(states.error);
      const { findings } = checkTopics(specs, states.value);
      const described = findings.map(({ topic, finding, message }) => {
        const state = states.value.find((one) => one.topic === topic);
        const { partitions = 0, settings = {} } = state ?? {};
        return { topic, finding, message, partitions, settings };
      });
      const text = call.given.has(JSON_LINES)
        ? described.map((one) => `${jsonText(one)}\n`).join('')
        : described.map(asText).join('\n');
      await call.terminal.write(text);
      return DONE;
    }),
};

interface Described {
  readonly topic: string;
  readonly finding: string;
  readonly message: string;
  readonly partitions: number;
  readonly settings: Readonly<Record<string, string>>;
}

function asText({ topic, finding, message, partitions, settings }: Described): string {
  if (finding === 'missing') return `${topic}: missing\n  ${message}\n`;
  const rows = Object.entries(settings)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => ['', name, value]);
  const count = partitions === 1 ? '1 partition' : `${partitions} partitions`;
  return `${topic}: ${count}\n${textTable(rows)}  ${message}\n`;
}
