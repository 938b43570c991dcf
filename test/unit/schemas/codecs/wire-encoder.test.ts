import { describe, expect, it } from 'vitest';
import type { AlarmOrder } from '../../../../core/alarm/orders.ts';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { epochMs } from '../../../../core/lib/units.ts';
import type { Registration } from '../../../../core/registration/registration.ts';
import { SEED_0_V1 } from '../../../../schemas/avro/seed-0-v1.ts';
import { SEED_0_V2 } from '../../../../schemas/avro/seed-0-v2.ts';
import type { RegisteredVersions } from '../../../../schemas/codecs/wire.ts';
import { createWireDecoder } from '../../../../schemas/codecs/wire-decoder.ts';
import { createWireEncoder } from '../../../../schemas/codecs/wire-encoder.ts';
import { aLogRecord } from '../../../builders/log-record.ts';
import {
  activeKey,
  framed,
  registeredVersions,
  SCHEMA_IDS,
  SEED_1_ACTIVE,
  teachAll,
  version,
} from '../../../builders/registered-schemas.ts';

const { v1, v2 } = SCHEMA_IDS;
const OPERATOR = { user: 'Zoë', producer: 'klaxon-console', host: 'console-7' };
const AT = epochMs(1_604_400_000_000);
const NAME = alarmName('alarm1');
const REGISTRATION: Registration = {
  source: { kind: 'streamRule', jar: 'a.jar' },
  location: 'INJ',
  category: 'RF',
  maxShelvedSeconds: 60,
  isLatching: true,
  documentUrl: 'd',
  screenPath: 'e',
};

type Fact = AlarmOrder['fact'];

function write(fact: Fact, versions: RegisteredVersions, more: Partial<AlarmOrder> = {}) {
  return createWireEncoder(versions).encode({ name: NAME, fact, ...more }, OPERATOR, AT);
}

function problemOf(fact: Fact, versions: RegisteredVersions, more: Partial<AlarmOrder> = {}) {
  const written = write(fact, versions, more);
  return written.ok ? 'written' : `${written.error.code}: ${written.error.message}`;
}

describe('what is written', () => {
  it.each<[string, Fact, Buffer | null, Buffer | null]>([
    [
      'alarming',
      { fact: 'simpleChanged', isActive: true },
      framed(v1.active, 0, 1),
      framed(v2.active, 0),
    ],
    [
      'trap §1.7: what ends, without a tombstone in v1',
      { fact: 'simpleChanged', isActive: false },
      framed(v1.active, 0, 0),
      null,
    ],
    [
      'an ack',
      { fact: 'simpleAcknowledged', isAcknowledged: true },
      framed(v1.active, 2, 1),
      framed(v2.active, 2),
    ],
    [
      'an ack taken back',
      { fact: 'simpleAcknowledged', isAcknowledged: false },
      framed(v1.active, 2, 0),
      null,
    ],
    [
      'EPICS',
      { fact: 'epicsChanged', severity: 'INVALID', status: 'COMM' },
      framed(v1.active, 4, 6, 18),
      framed(v2.active, 4, 6, 18),
    ],
    [
      'EPICS that ends',
      { fact: 'epicsChanged', severity: 'NO_ALARM', status: 'NO_ALARM' },
      framed(v1.active, 4, 0, 0),
      framed(v2.active, 4, 0, 0),
    ],
    [
      'an EPICS ack',
      { fact: 'epicsAcknowledged', level: 'MAJOR_ACK' },
      framed(v1.active, 6, 4),
      framed(v2.active, 6, 4),
    ],
    [
      'an EPICS ack taken back',
      { fact: 'epicsAcknowledged', level: 'NO_ACK' },
      framed(v1.active, 6, 0),
      framed(v2.active, 6, 0),
    ],
    [
      'a shelf',
      { fact: 'shelved', shelf: { expiresAt: epochMs(-1), reason: 'é' } },
      framed(v1.shelved, 1, 4, 0xc3, 0xa9),
      framed(v2.shelved, 2, 1, 4, 0xc3, 0xa9),
    ],
    ['unshelving', { fact: 'unshelved' }, null, null],
    ['unregistering', { fact: 'unregistered' }, null, null],
  ])('%s', (_name, fact, inV1, inV2) => {
    const values = (['v1', 'v2'] as const).map((generation) => {
      const written = write(fact, registeredVersions(generation));
      return written.ok ? written.value.value : written.error;
    });
    expect(values).toEqual([inV1, inV2]);
  });

  it('under the keys of seed 0: framed for activations, plain text elsewhere', () => {
    const keys = [
      write({ fact: 'epicsAcknowledged', level: 'MAJOR_ACK' }, registeredVersions('v1')),
      write({ fact: 'unshelved' }, registeredVersions('v1')),
    ].map((written) => (written.ok ? [written.value.topic, written.value.key] : written.error));
    expect(keys).toEqual([
      ['active-alarms', activeKey(v1.key, 'alarm1', 3)],
      ['shelved-alarms', Buffer.from('alarm1')],
    ]);
  });

  it('trap §1.7: with user, producer and host in this order, as UTF-8, none null', () => {
    const written = write({ fact: 'unshelved' }, registeredVersions('v1'));
    const headers = written.ok ? written.value.headers : [];
    expect(headers.map(({ name, value }) => [name, Buffer.from(value).toString('utf8')])).toEqual([
      ['user', 'Zoë'],
      ['producer', 'klaxon-console'],
      ['host', 'console-7'],
    ]);
    expect(written.ok ? written.value.timestampAt : 0).toBe(AT);
  });

  it('an acknowledgement names what it answers after them; nothing else does', () => {
    const answers = { topic: 'active-alarms', partition: 0, offset: 12 };
    const last = (fact: Fact) => {
      const written = write(fact, registeredVersions('v1'), { answers });
      const header = written.ok ? written.value.headers.at(-1) : undefined;
      return header === undefined ? '' : `${header.name}=${Buffer.from(header.value).toString()}`;
    };
    expect(last({ fact: 'simpleAcknowledged', isAcknowledged: true })).toBe(
      'answers=active-alarms/0/12',
    );
    expect(last({ fact: 'simpleChanged', isActive: true })).toBe('host=console-7');
  });

  it('a shelf that is written on behalf of who shelved keeps who and where, and says by what and why', () => {
    const replaces = { topic: 'shelved-alarms', partition: 0, offset: 12 };
    const written = write(
      { fact: 'shelved', shelf: { expiresAt: AT, reason: 'noisy' } },
      registeredVersions('v1'),
      { replaces, because: 'over-limit', onBehalfOf: { user: 'anna', producer: 'a script' } },
    );
    const headers = written.ok ? written.value.headers : [];
    expect(headers.map(({ name, value }) => [name, Buffer.from(value).toString('utf8')])).toEqual([
      ['user', 'anna'],
      ['producer', 'klaxon-console'],
      ['replaces', 'shelved-alarms/0/12'],
      ['because', 'over-limit'],
    ]);
  });

  it('reads back as what was ordered', () => {
    const decoder = teachAll(createWireDecoder());
    const facts: readonly Fact[] = [
      { fact: 'registered', registration: REGISTRATION },
      { fact: 'registered', registration: { ...REGISTRATION, maxShelvedSeconds: null } },
      { fact: 'shelved', shelf: { expiresAt: AT, reason: 'because' } },
      { fact: 'epicsChanged', severity: 'MINOR', status: 'LOLO' },
      {
        fact: 'occurrenceClosed',
        upTo: {
          upTo: { topic: 'active-alarms', partition: 0, offset: 4 },
          upToWrittenAt: AT,
        },
      },
    ];
    const read = facts.map((fact) => {
      const written = write(fact, registeredVersions('v1'));
      if (!written.ok) {
        return written.error;
      }
      const outcome = decoder.decode(aLogRecord(written.value), true);
      return outcome.outcome === 'event' ? outcome.event.fact : outcome;
    });
    expect(read).toEqual(facts);
  });
});

describe('which version is written', () => {
  it("trap §1.7: the newest of a generation that we know, when seed 1's is the latest", () => {
    const versions = {
      ...registeredVersions('v1'),
      'active-alarms-value': [
        version(50, 1, SEED_0_V1['active-alarms-value']),
        version(51, 2, { ...SEED_0_V1['active-alarms-value'], doc: 'another rendering' }),
        version(52, 3, SEED_1_ACTIVE),
        version(53, 4, 'a schema that is none'),
      ],
    };
    const written = write({ fact: 'simpleChanged', isActive: true }, versions);
    expect(written.ok ? written.value.value : written).toEqual(framed(51, 0, 1));
  });

  it('the newer generation where both are registered, whatever their order', () => {
    const versions = {
      ...registeredVersions('v1'),
      'active-alarms-value': [
        version(61, 2, SEED_0_V2['active-alarms-value']),
        version(60, 1, SEED_0_V1['active-alarms-value']),
      ],
    };
    const written = write({ fact: 'simpleChanged', isActive: true }, versions);
    expect(written.ok ? written.value.value : written).toEqual(framed(61, 0));
  });

  it('one that asks for a field that we do not know is passed over; one with a default is not', () => {
    const { fields, ...record } = SEED_0_V1['shelved-alarms-value'];
    const demanding = { ...record, fields: [...fields, { name: 'shift', type: 'string' }] };
    const kind = { name: 'kind', type: ['string', 'null'], default: 'timed' };
    const generous = { ...record, fields: [...fields, kind] };
    const fact: Fact = { fact: 'shelved', shelf: { expiresAt: epochMs(1), reason: 'r' } };
    const values = [demanding, generous].map((schema) => {
      const listed = [version(70, 1, SEED_0_V1['shelved-alarms-value']), version(71, 2, schema)];
      const written = write(fact, { ...registeredVersions('v1'), 'shelved-alarms-value': listed });
      return written.ok ? written.value.value : written;
    });
    expect(values).toEqual([
      framed(70, 2, 2, 0x72),
      framed(71, 2, 2, 0x72, 0, 10, ...Buffer.from('timed')),
    ]);
  });

  it("the site's own symbols are offered and written", () => {
    const encoder = createWireEncoder(registeredVersions('v2'));
    expect(encoder.locations.slice(0, 3)).toEqual(['S1D', 'S2D', 'S3D']);
    expect(encoder.categories).toContain('Helicity');
    expect(createWireEncoder({}).locations).toEqual([]);
  });
});

describe('what cannot be written', () => {
  it.each<[string, Fact, Partial<AlarmOrder>, string]>([
    [
      'an unknown location',
      { fact: 'registered', registration: { ...REGISTRATION, location: 'L9' } },
      {},
      'UnknownSymbol: location "L9" is not registered; choose one of: INJ, NL, SL, HA, HB, HC, HD.',
    ],
    [
      'an unknown status',
      { fact: 'epicsChanged', severity: 'MAJOR', status: 'FIRE' },
      {},
      'UnknownSymbol: stat "FIRE"',
    ],
    [
      'trap §1.3: a shelf without an end in v1',
      { fact: 'shelved', shelf: { expiresAt: null, reason: 'r' } },
      {},
      'NotExpressible: A shelf without an end cannot be written: the registered generation has none; give it an end.',
    ],
    [
      'a reason that is too long',
      { fact: 'shelved', shelf: { expiresAt: AT, reason: 'é'.repeat(5000) } },
      {},
      'NotExpressible: reason cannot be written: it is 10000 bytes long; shorten it to 8192 bytes.',
    ],
    [
      'half a character',
      { fact: 'shelved', shelf: { expiresAt: AT, reason: '\ud800' } },
      {},
      'NotExpressible: reason',
    ],
    [
      'a limit that is no int',
      { fact: 'registered', registration: { ...REGISTRATION, maxShelvedSeconds: 3e9 } },
      {},
      'NotExpressible: maxshelveduration',
    ],
    [
      'an empty name',
      { fact: 'unshelved' },
      { name: alarmName('') },
      'NotExpressible: The alarm name cannot be written: it is empty',
    ],
    [
      'a name that our own decoder would refuse',
      { fact: 'unshelved' },
      { name: alarmName('\0a') },
      'NotExpressible: The alarm name',
    ],
    [
      'a name with half a character',
      { fact: 'simpleChanged', isActive: true },
      { name: alarmName('a\udc00') },
      'NotExpressible: The alarm name',
    ],
  ])('%s', (_name, fact, more, problem) => {
    expect(problemOf(fact, registeredVersions('v1'), more)).toContain(problem);
  });

  it('anything for which no schema that we know is registered', () => {
    const only = { 'active-alarms-value': [version(52, 3, SEED_1_ACTIVE)] };
    const facts: readonly Fact[] = [
      { fact: 'simpleChanged', isActive: true },
      { fact: 'registered', registration: REGISTRATION },
    ];
    expect(facts.map((fact) => problemOf(fact, only).split(';')[0])).toEqual([
      'NoSchema: No version of the subject active-alarms-key is of a generation that we know',
      'NoSchema: No version of the subject registered-alarms-value is of a generation that we know',
    ]);
  });
});
