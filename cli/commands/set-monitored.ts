import { SEED_1_VALUES } from '../../schemas/avro/seed-1.ts';
import type { Command, OptionSpec } from '../command/command.ts';
import { misused } from '../command/outcome.ts';
import { NAME, withName } from '../options/alarm-operand.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { UNSET, unsetWithout } from '../options/unset-option.ts';
import { writeSeed1 } from '../writing/write-seed-1.ts';

const TOPIC: OptionSpec = {
  name: 'topic',
  value: 'NAME',
  summary: 'The topic that the channel’s values go to.',
};
const MASK: OptionSpec = {
  name: 'mask',
  value: 'SYMBOL',
  summary: 'What of the channel is watched.',
  choices: SEED_1_VALUES['monitored-pvs'].fields[1].type.symbols,
};

/** Seed 1's `set-monitored.py`. */
export const setMonitored: Command = {
  name: 'set-monitored',
  group: 'Seed 1',
  summary: 'Write which EPICS channel is watched',
  details: [],
  operands: [{ ...NAME, summary: 'The EPICS channel.' }],
  options: [TOPIC, MASK, unsetWithout([TOPIC, MASK]), ...SITE_OPTIONS],
  examples: [
    { line: 'set-monitored --topic channel1 --mask VALUE_ALARM channel1', does: 'Watch it.' },
    { line: 'set-monitored --unset channel1', does: 'Watch it no longer.' },
  ],
  run: async (call) => {
    const topic = call.given.text(TOPIC);
    const mask = call.given.text(MASK);
    const isUnset = call.given.has(UNSET);
    if (!isUnset && (topic === undefined || mask === undefined)) {
      return misused('Give both --topic and --mask.');
    }
    return withName(call, (name) =>
      writeSeed1(call, 'monitored-pvs', name, isUnset ? null : () => ({ topic, mask })),
    );
  },
};
