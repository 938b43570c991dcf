import type { LogAppend, LogProblem } from '../../core/ports/alarm-log.ts';
import type { CommandCall } from '../command/command.ts';
import { DONE, failed, type Outcome } from '../command/outcome.ts';
import type { Site } from '../site/site.ts';

/** Records on their way to the log at once. */
const AT_ONCE = 2_000;

/**
 * Appends records in their order and waits until all are durable. Ends at the first that is not delivered, and says how
 * many were: what is in the log stays there.
 */
export async function appendAll(
  { terminal }: CommandCall,
  { log }: Site,
  records: readonly LogAppend[],
): Promise<Outcome> {
  let delivered = 0;
  for (let from = 0; from < records.length; from += AT_ONCE) {
    const results = await Promise.all(
      records.slice(from, from + AT_ONCE).map((record) => log.append(record)),
    );
    const lost: LogProblem[] = [];
    for (const result of results) {
      if (result.ok) delivered += 1;
      else lost.push(result.error);
    }
    const [problem] = lost;
    if (problem !== undefined) {
      const message = `${delivered} of ${records.length} records were delivered. ${problem.message}`;
      return failed({ message, remedy: problem.remedy });
    }
  }
  await terminal.write(`${delivered} messages delivered\n`);
  return DONE;
}
