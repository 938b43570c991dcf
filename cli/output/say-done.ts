import { lineText } from '../../core/lib/line-text.ts';
import type { Result } from '../../core/lib/result.ts';
import type { CommandCall } from '../command/command.ts';
import { type Complaint, DONE, failed, type Outcome } from '../command/outcome.ts';

/** One line where a task is done, the problem where it is not. */
export async function saying(
  { terminal }: CommandCall,
  done: Result<unknown, Complaint>,
  line: string,
): Promise<Outcome> {
  if (!done.ok) return failed(done.error);
  await terminal.write(`${lineText(line)}\n`);
  return DONE;
}
