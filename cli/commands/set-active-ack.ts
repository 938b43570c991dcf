import type { WireEncoder } from '../../schemas/codecs/wire.ts';
import { ACTIVE_ALARMS } from '../../schemas/topics.ts';
import type { Command, CommandCall, OptionSpec } from '../command/command.ts';
import { NAME, withName } from '../options/alarm-operand.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { UNSET, unsetWithout } from '../options/unset-option.ts';
import { writeRecord } from '../writing/write-orders.ts';

const ACK: OptionSpec = {
  name: 'ack',
  summary: 'The alarm is acknowledged. Needed in generation v1, where its absence says “not”.',
};

/** Seed 0's `set-active-ack.py`. */
export const setActiveAck: Command = {
  name: 'set-active-ack',
  group: 'Alarms',
  summary: 'Write that a simple alarm is acknowledged, or not',
  details: [
    'The acknowledgement names no alarming record, so it counts for the newest one before it. For people `klaxon acknowledge` is better: it answers the record that calls, and is refused where nothing does.',
    'In generation v1 the record holds a boolean, true with --ack; in v2 the record itself says it. --unset takes it back: false in v1, a tombstone in v2.',
  ],
  operands: [NAME],
  options: [ACK, unsetWithout([ACK]), ...SITE_OPTIONS],
  examples: [
    { line: 'set-active-ack --ack channel1', does: 'Acknowledge.' },
    { line: 'set-active-ack --unset channel1', does: 'Take it back.' },
  ],
  run: (call) =>
    withName(call, (name) =>
      writeRecord(call, (encoder) => ({
        order: {
          name,
          fact: { fact: 'simpleAcknowledged', isAcknowledged: isAcknowledged(call, encoder) },
        },
      })),
    ),
};

function isAcknowledged({ given, terminal }: CommandCall, { generations }: WireEncoder): boolean {
  if (given.has(UNSET)) return false;
  if (given.has(ACK) || generations[ACTIVE_ALARMS] !== 'seed 0 v1') return true;
  terminal.tell(
    'klaxon: without --ack this says acknowledged=false, which acknowledges nothing (generation v1).',
  );
  return false;
}
