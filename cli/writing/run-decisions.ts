import type { AlarmWriter, WriteProblem } from '../../adapters/alarm-writer/alarm-writer.ts';
import type { AlarmState } from '../../core/alarm/alarm-state.ts';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { AlarmName } from '../../core/lib/alarm-name.ts';
import { lineText } from '../../core/lib/line-text.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import { explainRefusal, type RefusalReason } from '../../core/refusals.ts';
import type { CommandCall } from '../command/command.ts';
import { type Complaint, DONE, failed, type Outcome, refused } from '../command/outcome.ts';
import { zonedTime } from '../output/local-time.ts';
import { readAlarms } from '../reading/read-alarms.ts';
import { withSite } from '../site/open-site.ts';
import { writerOf } from './write-orders.ts';

/** What is decided for each alarm, by core, as in the console. */
export interface Decision {
  /** What is said of an alarm when it is done, e.g. `acknowledged`. */
  readonly done: string;
  decide(state: AlarmState, now: EpochMs): Result<readonly AlarmOrder[], RefusalReason>;
}

/**
 * Decides one command for each alarm on its state at the head of the log, and writes what was decided. Each alarm is
 * on its own: one that is refused leaves the others. A refusal has the console's sentence and next step.
 */
export function runDecisions(
  call: CommandCall,
  names: readonly AlarmName[],
  decision: Decision,
): Promise<Outcome> {
  return withSite(call, async (site) => {
    const alarms = await readAlarms(call, site);
    if (!alarms.ok) return failed(alarms.error);
    const { reader } = alarms.value;
    const writer = writerOf(call, site);
    const no: Refused[] = [];
    for (const name of names) {
      const decided = decide(reader.book.state(name), name, reader.now(), decision);
      const written = decided.ok ? await writeAll(writer, name, decided.value) : decided;
      if (written.ok) await call.terminal.write(`${lineText(name)} ${decision.done}\n`);
      else no.push(written.error);
    }
    await alarms.value.close();
    return outcomeOf(no);
  });
}

interface Refused {
  readonly reason: RefusalReason;
  /** The log or the registry failed: no rule said no. */
  readonly isFailure: boolean;
}

function decide(
  state: AlarmState | undefined,
  name: AlarmName,
  now: EpochMs,
  decision: Decision,
): Result<readonly AlarmOrder[], Refused> {
  const decided =
    state === undefined
      ? failure({ code: 'UnknownAlarm', alarm: name } as const)
      : decision.decide(state, now);
  return decided.ok ? decided : failure({ reason: decided.error, isFailure: false });
}

async function writeAll(
  writer: AlarmWriter,
  alarm: AlarmName,
  orders: readonly AlarmOrder[],
): Promise<Result<void, Refused>> {
  for (const order of orders) {
    const written = await writer.write(order);
    if (!written.ok) return failure(refusedBy(written.error, alarm));
  }
  return ok(undefined);
}

function refusedBy(problem: WriteProblem, alarm: AlarmName): Refused {
  const detail = problem.problem.message;
  return problem.cause === 'encoding'
    ? { reason: { code: 'NotExpressible', alarm, detail }, isFailure: false }
    : { reason: { code: 'LogRefused', alarm, detail }, isFailure: true };
}

function outcomeOf(no: readonly Refused[]): Outcome {
  if (no.length === 0) return DONE;
  const complaints = no.map(({ reason }): Complaint => {
    const { message, nextStep } = explainRefusal(reason, zonedTime);
    return { message, remedy: nextStep };
  });
  return no.some(({ isFailure }) => isFailure) ? failed(...complaints) : refused(...complaints);
}
