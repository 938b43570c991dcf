import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { LogAppend } from '../../core/ports/alarm-log.ts';
import { auditHeaders } from '../../schemas/codecs/audit-headers.ts';
import { dialectOf } from '../../schemas/codecs/dialects/all-dialects.ts';
import { encodeTextKey } from '../../schemas/codecs/wire-encoder.ts';
import { REGISTERED_ALARMS } from '../../schemas/topics.ts';
import type { CommandCall } from '../command/command.ts';
import { misused, type Outcome } from '../command/outcome.ts';
import { readAlarmName } from '../options/alarm-operand.ts';
import { withSite } from '../site/open-site.ts';
import { appendAll } from './append-all.ts';
import { encodeJson, findTopicSchema, type TopicSchema } from './topic-schema.ts';

/**
 * Registers every alarm of a text of lines `NAME=JSON`; empty lines and those that begin with # are passed over.
 * Every line is checked before the first is written, so a mistake in one leaves all as it was.
 */
export function writeRegistrations(call: CommandCall, text: string): Promise<Outcome> {
  return withSite(call, async (site) => {
    const schema = await findTopicSchema(
      site.schemas,
      `${REGISTERED_ALARMS}-value`,
      (one) => dialectOf(REGISTERED_ALARMS, one)?.writer !== undefined,
      'Register the schemas: klaxon create-schemas',
    );
    if (!schema.ok) return schema.error;
    const records = recordsOf(call, text, schema.value);
    if (!records.ok) return records.error;
    return appendAll(call, site, records.value);
  });
}

function recordsOf(
  call: CommandCall,
  text: string,
  schema: TopicSchema,
): Result<readonly LogAppend[], Outcome> {
  const records: LogAppend[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const content = line.trim();
    if (content === '' || content.startsWith('#')) continue;
    const record = recordOf(call, content, schema);
    if (!record.ok) return failure(atLine(index + 1, record.error));
    records.push(record.value);
  }
  return ok(records);
}

function recordOf(
  { identity, clock }: CommandCall,
  line: string,
  schema: TopicSchema,
): Result<LogAppend, Outcome> {
  // A name may hold `=` itself: the value is JSON, so it begins with a brace.
  const split = line.search(/=\s*\{/);
  if (split < 0) return failure(misused('there is no NAME={…}.'));
  const name = readAlarmName(line.slice(0, split));
  if (!name.ok) return failure(misused(name.error));
  const key = encodeTextKey(name.value);
  if (!key.ok) return failure(misused(key.error.message));
  const json = parseJson(line.slice(split + 1));
  if (!json.ok) return failure(misused(json.error));
  const value = encodeJson(schema, json.value);
  if (!value.ok) return value;
  return ok({
    topic: REGISTERED_ALARMS,
    key: key.value,
    value: value.value,
    headers: auditHeaders(identity()),
    timestampAt: clock.now(),
  });
}

function parseJson(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    return failure(
      `what follows the = is not JSON (${error instanceof Error ? error.message : ''}).`,
    );
  }
}

function atLine(line: number, outcome: Outcome): Outcome {
  const problems = outcome.problems.map((one) => ({
    ...one,
    message: `Line ${line}: ${one.message}`,
  }));
  return { ...outcome, problems };
}
