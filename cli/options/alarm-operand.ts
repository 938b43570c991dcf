import { type AlarmName, alarmName } from '../../core/lib/alarm-name.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { CommandCall, OperandSpec } from '../command/command.ts';
import { misused, type Outcome } from '../command/outcome.ts';

export const NAME: OperandSpec = {
  name: 'NAME',
  summary: 'The alarm, by its name: any text.',
  isAnyText: true,
};

export const NAMES: OperandSpec = {
  name: 'NAME',
  summary: 'The alarms, by their names.',
  isAnyText: true,
  isRepeatable: true,
};

/** Reads every operand as an alarm's name, and goes on with them. */
export async function withNames(
  { given }: CommandCall,
  work: (names: readonly AlarmName[]) => Promise<Outcome>,
): Promise<Outcome> {
  const names: AlarmName[] = [];
  for (const word of given.operands) {
    const name = readAlarmName(word);
    if (!name.ok) return misused(name.error);
    names.push(name.value);
  }
  return work(names);
}

/** The same for the one operand of a command. */
export async function withName(
  call: CommandCall,
  work: (name: AlarmName) => Promise<Outcome>,
): Promise<Outcome> {
  const name = readAlarmName(call.given.operands[0] ?? '');
  return name.ok ? work(name.value) : misused(name.error);
}

/** A word of the command line as an alarm's name. Refused: an empty one, and one that holds bytes that are no UTF-8. */
export function readAlarmName(word: string): Result<AlarmName, string> {
  if (word === '') return failure('NAME is empty: give the name of an alarm.');
  return word.includes('\ufffd')
    ? failure('NAME is not UTF-8: give it in the encoding of the terminal.')
    : ok(alarmName(word));
}
