import { fieldType } from '../avro-values.ts';
import { activeAlarmsDialect } from './active-alarms.ts';
import { writeMessage } from './epics-messages.ts';
import { registeredAlarmsDialect } from './registered-alarms.ts';
import { shelvedAlarmsDialect } from './shelved-alarms.ts';
import type { ValueDialect } from './value-dialect.ts';

const NAME = 'seed 0 v1';
/** The one field of each simple message. */
const FIELDS = { Alarming: 'alarming', Ack: 'acknowledged' } as const;

/**
 * Seed 0 as its first users run it: simple messages hold a boolean. Its own client ends on a tombstone of `Alarming`
 * or `AlarmingEPICS`, so what ends is written as `false`, NO_ALARM and NO_ACK.
 */
export const SEED_0_V1_DIALECTS: readonly ValueDialect[] = [
  activeAlarmsDialect({
    name: NAME,
    recognises: (alarming) => fieldType(alarming, FIELDS.Alarming)?.kind === 'boolean',
    read: (content, key) => {
      const says = content[FIELDS[key]];
      return typeof says === 'boolean' ? says : null;
    },
    write: (schema, key, says) => writeMessage(schema, key, { [FIELDS[key]]: says }),
  }),
  registeredAlarmsDialect(NAME, 'maxshelveduration'),
  shelvedAlarmsDialect(NAME, 'long'),
];
