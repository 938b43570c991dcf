import { ok } from '../../../core/lib/result.ts';
import { activeAlarmsDialect } from './active-alarms.ts';
import { writeMessage } from './epics-messages.ts';
import { registeredAlarmsDialect } from './registered-alarms.ts';
import { shelvedAlarmsDialect } from './shelved-alarms.ts';
import type { ValueDialect } from './value-dialect.ts';

const NAME = 'seed 0 v2';

/**
 * Seed 0's last generation: that a simple message is there is what it says, and a tombstone takes it back.
 * `Alarming` and `Ack` are both empty, so a Python writer stores either as the first of them; only the key tells.
 */
export const SEED_0_V2_DIALECTS: readonly ValueDialect[] = [
  activeAlarmsDialect({
    name: NAME,
    recognises: (alarming) => alarming.fields.length === 0,
    read: (content) => (Object.keys(content).length === 0 ? true : null),
    write: (schema, key, says) => (says ? writeMessage(schema, key, {}) : ok(null)),
  }),
  registeredAlarmsDialect(NAME, 'maxshelvedduration'),
  shelvedAlarmsDialect(NAME, 'union'),
];
