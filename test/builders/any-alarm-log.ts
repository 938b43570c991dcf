import fc from 'fast-check';
import type { AlarmEvent, AlarmFact } from '../../core/alarm/events.ts';
import { alarmName } from '../../core/lib/alarm-name.ts';
import { active, anEvent, aRegistration, at, mark } from './alarm-events.ts';

const NAMES = ['A', 'B', 'C'].map(alarmName);

interface Step {
  readonly topic: string;
  readonly fact: AlarmFact;
}

const anyActivation: fc.Arbitrary<AlarmFact> = fc.oneof(
  fc
    .constantFrom('MINOR', 'MAJOR', 'INVALID', 'NO_ALARM', 'NO_ALARM')
    .map((severity) => ({ fact: 'epicsChanged' as const, severity, status: 'HIHI' })),
  fc.boolean().map((isActive) => ({ fact: 'simpleChanged' as const, isActive })),
  fc
    .constantFrom('NO_ACK', 'MINOR_ACK', 'MAJOR_ACK')
    .map((level) => ({ fact: 'epicsAcknowledged' as const, level })),
  fc.boolean().map((isAcknowledged) => ({ fact: 'simpleAcknowledged' as const, isAcknowledged })),
  fc
    .constantFrom('simple', 'epics', 'simpleAck', 'epicsAck')
    .map((slot) => ({ fact: 'undecodable' as const, slot, reason: 'truncated' })),
);

const anyRegistering: fc.Arbitrary<AlarmFact> = fc.oneof(
  fc
    .record({ isLatching: fc.boolean(), maxShelvedSeconds: fc.constantFrom(0, 60, 3_600, null) })
    .map((more) => ({ fact: 'registered' as const, registration: aRegistration(more) })),
  fc.constant({ fact: 'unregistered' as const }),
  fc.constant({ fact: 'undecodable' as const, slot: 'registration' as const, reason: 'truncated' }),
);

const anyShelving: fc.Arbitrary<AlarmFact> = fc.oneof(
  fc.constantFrom(null, -1, 30, 500, 501, 1_000, 3_000).map((end) => ({
    fact: 'shelved' as const,
    shelf: { expiresAt: end === null ? null : at(end), reason: 'noisy' },
  })),
  fc.constant({ fact: 'unshelved' as const }),
  fc.constant({ fact: 'undecodable' as const, slot: 'shelf' as const, reason: 'truncated' }),
);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: anyActivation.map((fact) => ({ topic: 'active-alarms', fact })),
  },
  { weight: 2, arbitrary: anyRegistering.map((fact) => ({ topic: 'registered-alarms', fact })) },
  { weight: 2, arbitrary: anyShelving.map((fact) => ({ topic: 'shelved-alarms', fact })) },
);

/** Some log about the alarms A, B and C, in the order of writing; acknowledgements may name an earlier record of any alarm. */
export const anyAlarmLog: fc.Arbitrary<AlarmEvent[]> = fc
  .array(
    fc.record({ name: fc.constantFrom(...NAMES), step: anyStep, back: fc.option(fc.nat(6)) }),
    { maxLength: 40 },
  )
  .map((steps) => steps.map(({ name, step, back }, offset) => eventOf(step, offset, back, name)));

function eventOf(
  { topic, fact }: Step,
  offset: number,
  back: number | null,
  name: AlarmEvent['name'],
): AlarmEvent {
  const isAck = fact.fact === 'epicsAcknowledged' || fact.fact === 'simpleAcknowledged';
  if (!isAck || back === null || back >= offset)
    return anEvent(fact, mark(offset, topic), { name });
  const answers = { claim: 'position' as const, position: active(offset - 1 - back) };
  return anEvent(fact, mark(offset, topic), { name, answers });
}
