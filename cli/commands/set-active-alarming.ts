import type { WireEncoder } from '../../schemas/codecs/wire.ts';
import { ACTIVE_ALARMS } from '../../schemas/topics.ts';
import type { Command, CommandCall, OptionSpec } from '../command/command.ts';
import { NAME, withName } from '../options/alarm-operand.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { UNSET, unsetWithout } from '../options/unset-option.ts';
import { writeRecord } from '../writing/write-orders.ts';

const ALARMING: OptionSpec = {
  name: 'alarming',
  summary: 'The alarm is active. Needed in generation v1, where its absence says “not active”.',
};

/** Seed 0's `set-active-alarming.py`. */
export const setActiveAlarming: Command = {
  name: 'set-active-alarming',
  group: 'Alarms',
  summary: 'Write that a simple alarm is active, or not',
  details: [
    'In generation v1 the record holds a boolean: with --alarming it is true, without it false, as in seed 0’s own script. In v2 the record itself says that the alarm is active.',
    '--unset says that it is active no more: false in v1, a tombstone in v2.',
  ],
  operands: [NAME],
  options: [ALARMING, unsetWithout([ALARMING]), ...SITE_OPTIONS],
  examples: [
    { line: 'set-active-alarming --alarming channel1', does: 'Trip an alarm.' },
    { line: 'set-active-alarming --unset channel1', does: 'It is over.' },
  ],
  run: (call) =>
    withName(call, (name) =>
      writeRecord(call, (encoder) => ({
        order: { name, fact: { fact: 'simpleChanged', isActive: isActive(call, encoder) } },
      })),
    ),
};

function isActive({ given, terminal }: CommandCall, { generations }: WireEncoder): boolean {
  if (given.has(UNSET)) return false;
  if (given.has(ALARMING) || generations[ACTIVE_ALARMS] !== 'seed 0 v1') return true;
  terminal.tell(
    'klaxon: without --alarming this says alarming=false, which trips nothing (generation v1).',
  );
  return false;
}
