import { ALARM_OCCURRENCES_VALUE } from '../../schemas/avro/alarm-occurrences.ts';
import { SEED_0_V1 } from '../../schemas/avro/seed-0-v1.ts';
import { SEED_0_V2 } from '../../schemas/avro/seed-0-v2.ts';
import type { RegisteredVersions, WireDecoder } from '../../schemas/codecs/wire.ts';

/** The schema ids of a registry in tests: v1 from 11, v2 from 21, seed 1 from 31, ours 41. */
export const SCHEMA_IDS = {
  v1: { key: 11, active: 12, registered: 13, shelved: 14 },
  v2: { key: 21, active: 22, registered: 23, shelved: 24 },
  seed1: { active: 32, shelved: 34 },
  occurrences: 41,
} as const;

/** What seed 1 registers for the topics that it shares with seed 0. */
export const SEED_1_ACTIVE = {
  type: 'record',
  name: 'ActiveAlarm',
  namespace: 'org.jlab',
  fields: [
    {
      name: 'priority',
      type: { type: 'enum', name: 'AlarmPriority', symbols: ['P1_LIFE', 'P2_PROPERTY'] },
    },
  ],
} as const;
export const SEED_1_SHELVED = {
  type: 'record',
  name: 'ActiveAlarm',
  namespace: 'org.jlab',
  fields: [
    { name: 'user', type: 'string' },
    {
      name: 'duration',
      type: [
        {
          type: 'record',
          name: 'AcknowledgedAlarm',
          fields: [{ name: 'expiration', type: 'long', logicalType: 'timestampi-millis' }],
        },
        { type: 'record', name: 'DisabledAlarm', fields: [{ name: 'reason', type: 'string' }] },
      ],
    },
  ],
} as const;

/** A registry that knows one generation and our own topic, as an encoder is given it. */
export function registeredVersions(generation: 'v1' | 'v2'): RegisteredVersions {
  const schemas = generation === 'v1' ? SEED_0_V1 : SEED_0_V2;
  const ids = SCHEMA_IDS[generation];
  return {
    'active-alarms-key': [version(ids.key, 1, schemas['active-alarms-key'])],
    'active-alarms-value': [version(ids.active, 1, schemas['active-alarms-value'])],
    'registered-alarms-value': [version(ids.registered, 1, schemas['registered-alarms-value'])],
    'shelved-alarms-value': [version(ids.shelved, 1, schemas['shelved-alarms-value'])],
    'alarm-occurrences-value': [version(SCHEMA_IDS.occurrences, 1, ALARM_OCCURRENCES_VALUE)],
  };
}

/** One registered version. */
export function version(id: number, number: number, schema: unknown) {
  return { id, version: number, schema: JSON.stringify(schema) };
}

/** Teaches a decoder every schema of the tests' registry. */
export function teachAll(decoder: WireDecoder): WireDecoder {
  for (const generation of ['v1', 'v2'] as const) {
    for (const [item] of Object.values(registeredVersions(generation))) {
      if (item !== undefined) {
        decoder.learnSchema(item.id, item.schema);
      }
    }
  }
  decoder.learnSchema(SCHEMA_IDS.seed1.active, JSON.stringify(SEED_1_ACTIVE));
  decoder.learnSchema(SCHEMA_IDS.seed1.shelved, JSON.stringify(SEED_1_SHELVED));
  return decoder;
}

/** Bytes behind the frame of a schema id. */
export function framed(id: number, ...payload: readonly number[]): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(id, 1);
  return Buffer.concat([head, Buffer.from(payload)]);
}

/** A key of `active-alarms`: 0 Alarming, 1 Ack, 2 AlarmingEPICS, 3 AckEPICS. */
export function activeKey(id: number, name: string, type: 0 | 1 | 2 | 3): Buffer {
  const text = Buffer.from(name);
  return framed(id, text.length * 2, ...text, type * 2);
}
