import { failure, ok, type Result } from '../../core/lib/result.ts';

/**
 * The list that seed 0's container takes in ALARM_DEFINITIONS, `name|pv|location|category|docurl|edmpath` separated by
 * commas, as lines of NAME=JSON. Refused naming the entry that has not six parts.
 */
export function registrationLines(definitions: string): Result<string, string> {
  const entries = definitions
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (entries.length === 0) return failure('There is no definition of an alarm.');
  const lines: string[] = [];
  for (const entry of entries) {
    const [name, pv, location, category, docurl, edmpath, ...more] = entry.split('|');
    if (edmpath === undefined || more.length > 0) {
      return failure(
        `The definition ${JSON.stringify(entry)} is not name|pv|location|category|docurl|edmpath.`,
      );
    }
    const value = { producer: { DirectCAAlarm: { pv } }, location, category, docurl, edmpath };
    lines.push(`${name}=${JSON.stringify(value)}`);
  }
  return ok(lines.join('\n'));
}
