import type { AlarmEvent } from '../../core/alarm/events.ts';
import type { Registration } from '../../core/registration/registration.ts';
import type { WireDecoder } from '../../schemas/codecs/wire.ts';
import { createWireDecoder } from '../../schemas/codecs/wire-decoder.ts';

/**
 * The decoder of the alarm topics for a program to which a registration is the longest shelf that it allows, and nothing
 * else: all with the same limit are one object, so that a hundred thousand alarms fit into little memory.
 */
export function createLimitDecoder(): WireDecoder {
  const decoder = createWireDecoder();
  const limits = new Map<number | null, Registration>();
  const shared = (maxShelvedSeconds: number | null): Registration => {
    const known = limits.get(maxShelvedSeconds) ?? { ...LIMIT_ONLY, maxShelvedSeconds };
    limits.set(maxShelvedSeconds, known);
    return known;
  };
  const narrowed = (event: AlarmEvent): AlarmEvent => {
    const { fact } = event;
    if (fact.fact !== 'registered') return event;
    const registration = shared(fact.registration.maxShelvedSeconds);
    return { ...event, fact: { fact: 'registered', registration } };
  };
  return {
    ...decoder,
    decode(record, isHistoryWhole) {
      const outcome = decoder.decode(record, isHistoryWhole);
      return outcome.outcome === 'event' ? { ...outcome, event: narrowed(outcome.event) } : outcome;
    },
  };
}

const LIMIT_ONLY: Omit<Registration, 'maxShelvedSeconds'> = {
  source: { kind: 'epicsChannel', pv: '' },
  location: '',
  category: '',
  isLatching: false,
  documentUrl: '',
  screenPath: '',
};
