import { askForEncoder } from '../../adapters/alarm-writer/alarm-writer.ts';
import { findMissingSubjects } from '../../adapters/check-up/subjects-check.ts';
import { checkTopics, warningsOf } from '../../adapters/check-up/topics-check.ts';
import { jsonText } from '../../schemas/codecs/avro-json.ts';
import { TOPIC_SPECS } from '../../schemas/topic-specs.ts';
import { ALARM_OCCURRENCES, ALARM_TOPICS } from '../../schemas/topics.ts';
import type { Command } from '../command/command.ts';
import { EXIT_CODES, failed } from '../command/outcome.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { textTable } from '../output/text-table.ts';
import { checkReading, type Finding } from '../reading/check-reading.ts';
import { withSite } from '../site/open-site.ts';
import type { Site } from '../site/site.ts';

/** The console's check of a site, as text and JSON. */
export const checkUp: Command = {
  name: 'check-up',
  group: 'Services',
  summary: 'Check the site as the console does: topics, schemas, generation, keeper, records',
  details: [
    'Exit code 4 where something is not as it should be. With --json one object: address, findings (part, finding: ok, note, warning, missing or failed, message).',
  ],
  operands: [],
  options: [JSON_LINES, ...SITE_OPTIONS],
  examples: [{ line: 'check-up', does: 'In words.' }],
  run: (call) =>
    withSite(call, async (site) => {
      const topics = await checkSiteTopics(site);
      if (!topics.ok) return failed(topics.error);
      const findings = [
        ...topics.value.findings,
        ...(await checkSubjects(site)),
        ...(await checkGenerations(site)),
        ...(topics.value.canBeRead ? await checkReading(call, site, topics.value.hasKeeper) : []),
      ];
      await call.terminal.write(
        call.given.has(JSON_LINES)
          ? `${jsonText({ address: site.address, findings })}\n`
          : textTable(findings.map(({ part, finding, message }) => [part, finding, message])),
      );
      const isWell = findings.every(({ finding }) => finding === 'ok' || finding === 'note');
      return { exit: isWell ? EXIT_CODES.done : EXIT_CODES.found, problems: [] };
    }),
};

async function checkSiteTopics({ log }: Site) {
  const states = await log.describeTopics(TOPIC_SPECS.map(({ topic }) => topic));
  if (!states.ok) return states;
  const check = checkTopics(TOPIC_SPECS, states.value);
  const warnings = new Set(warningsOf(check));
  const findings = check.findings.map(
    ({ topic, finding, message }): Finding => ({
      part: `topic ${topic}`,
      finding: finding === 'ok' && warnings.has(message) ? 'note' : finding,
      message,
    }),
  );
  const canBeRead = check.missingForReading.length === 0;
  const value = { findings, canBeRead, hasKeeper: check.present.includes(ALARM_OCCURRENCES) };
  return { ok: true as const, value };
}

async function checkSubjects({ schemas }: Site): Promise<readonly Finding[]> {
  const missing = await findMissingSubjects(schemas);
  const part = 'subjects';
  if (!missing.ok) return [{ part, finding: 'failed', message: missing.error.message }];
  if (missing.value.length === 0) {
    return [{ part, finding: 'ok', message: 'Every subject that is needed has a schema.' }];
  }
  const names = missing.value.map(({ subject }) => subject).join(', ');
  const message = `No schema is registered for ${names}. Register them: klaxon create-schemas`;
  return [{ part, finding: 'missing', message }];
}

async function checkGenerations({ schemas }: Site): Promise<readonly Finding[]> {
  const encoder = await askForEncoder(schemas);
  // That the registry cannot be asked is told with the subjects.
  if (!encoder.ok) return [];
  const { generations } = encoder.value;
  const written = ALARM_TOPICS.map((topic) => ({ topic, generation: generations[topic] }));
  const known = written.filter(({ generation }) => generation !== null);
  const seeds = new Set(
    known.filter(({ topic }) => topic !== ALARM_OCCURRENCES).map(({ generation }) => generation),
  );
  const words = known.map(({ topic, generation }) => `${topic}: ${generation}`).join(', ');
  const part = 'generation';
  if (known.length < written.length) {
    const strange = written.filter(({ generation }) => generation === null);
    const names = strange.map(({ topic }) => topic).join(', ');
    const message = `Nothing can be written to ${names}: no registered schema is of a generation that we know.`;
    return [{ part, finding: 'warning', message }];
  }
  return seeds.size > 1
    ? [{ part, finding: 'warning', message: `The topics are of several generations (${words}).` }]
    : [{ part, finding: 'ok', message: `${words}.` }];
}
