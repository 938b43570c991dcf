import type { AlarmLog, TopicSpec } from '../../core/ports/alarm-log.ts';
import { checkTopic } from '../../schemas/topic-check.ts';
import type { Command } from '../command/command.ts';
import { DONE, failed } from '../command/outcome.ts';
import { GENERATION, systemOf } from '../options/generation-option.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { withSite } from '../site/open-site.ts';
import { SYSTEM_PARTS } from '../site/system-parts.ts';

/** Seed 0's `create-alarm-topics`. */
export const createTopics: Command = {
  name: 'create-topics',
  group: 'Topics and schemas',
  summary: 'Create the topics that are missing, with the settings that they need',
  details: [
    'Topics that exist are left as they are; `klaxon describe-topics` says what is wrong with them. How many brokers keep a topic is the brokers’ own setting: what alarms could be lost by is told. On an embedded log it makes the log, too.',
  ],
  operands: [],
  options: [GENERATION, ...SITE_OPTIONS],
  examples: [
    { line: 'create-topics', does: 'On the site’s Kafka.' },
    { line: 'create-topics --generation seed1', does: 'Those of seed 1.' },
  ],
  run: (call) =>
    withSite(
      call,
      async ({ log }) => {
        const { topics: specs } = SYSTEM_PARTS[systemOf(call.given)];
        const states = await log.describeTopics(specs.map(({ topic }) => topic));
        if (!states.ok) return failed(states.error);
        const missing = specs.filter(
          ({ topic }) => states.value.find((state) => state.topic === topic)?.exists !== true,
        );
        const created = await log.createTopics(missing);
        if (!created.ok) return failed(created.error);
        const lines = specs.map(({ topic }) => {
          const isNew = missing.some((spec) => spec.topic === topic);
          return `${topic} ${isNew ? 'created' : 'exists'}\n`;
        });
        await call.terminal.write(lines.join(''));
        for (const sentence of await flawsOf(log, missing)) call.terminal.tell(sentence);
        return DONE;
      },
      { mayMake: true },
    ),
};

/** What the brokers made of the new topics by their own settings, as far as alarms can be lost or hidden by it. */
async function flawsOf(log: AlarmLog, specs: readonly TopicSpec[]): Promise<readonly string[]> {
  const states = await log.describeTopics(specs.map(({ topic }) => topic));
  if (!states.ok) return [];
  return specs.flatMap((spec, index) => {
    const state = states.value[index];
    const findings = state === undefined ? [] : checkTopic(state, spec);
    return findings
      .filter(({ severity }) => severity !== 'note')
      .map(({ message, remedy }) => `${message} ${remedy}`);
  });
}
