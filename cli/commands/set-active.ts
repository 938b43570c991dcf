import { SEED_1_VALUES } from '../../schemas/avro/seed-1.ts';
import type { AvroRecord } from '../../schemas/codecs/avro-schema.ts';
import { fieldType, symbolsOf } from '../../schemas/codecs/avro-values.ts';
import { ACTIVE_ALARMS } from '../../schemas/topics.ts';
import type { Command, OptionSpec } from '../command/command.ts';
import { misused } from '../command/outcome.ts';
import { NAME, withName } from '../options/alarm-operand.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { UNSET } from '../options/unset-option.ts';
import { writeSeed1 } from '../writing/write-seed-1.ts';

const PRIORITY: OptionSpec = {
  name: 'priority',
  value: 'SYMBOL',
  summary: 'How urgent it is.',
  choices: SEED_1_VALUES['active-alarms'].fields[0].type.symbols,
};

/** How seed 1's own program once registered `P4_DIAGNOSTIC`, while it offered the right spelling. */
const MISSPELT = 'P4_DIAGNOSITC';

/** Seed 1's `set-active.py`. */
export const setActive: Command = {
  name: 'set-active',
  group: 'Seed 1',
  summary: 'Write that an alarm is active, as seed 1 does',
  details: [
    'Seed 1 shares the topic active-alarms with seed 0, with another schema and plain-text keys: a console shows such a record as undecodable. In seed 0 it is klaxon set-active-alarming.',
  ],
  operands: [NAME],
  options: [PRIORITY, UNSET, ...SITE_OPTIONS],
  examples: [
    { line: 'set-active --priority P1_LIFE channel1', does: 'Trip an alarm.' },
    { line: 'set-active --unset channel1', does: 'It is over.' },
  ],
  run: async (call) => {
    const priority = call.given.text(PRIORITY);
    const isUnset = call.given.has(UNSET);
    if (!isUnset && priority === undefined) {
      return misused(
        `--priority is missing; choose one of: ${(PRIORITY.choices ?? []).join(', ')}.`,
      );
    }
    return withName(call, (name) =>
      writeSeed1(
        call,
        ACTIVE_ALARMS,
        name,
        isUnset ? null : (schema) => ({ priority: asRegistered(schema, priority) }),
      ),
    );
  },
};

function asRegistered(schema: AvroRecord, priority: string | undefined): string | undefined {
  const symbols = symbolsOf(fieldType(schema, 'priority'));
  const isMisspelt = priority === 'P4_DIAGNOSTIC' && !symbols.includes(priority);
  return isMisspelt && symbols.includes(MISSPELT) ? MISSPELT : priority;
}
