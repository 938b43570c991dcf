import type { AlarmState, Held } from '../../core/alarm/alarm-state.ts';
import type { AlarmFact } from '../../core/alarm/events.ts';
import { positionOf, type RecordMark } from '../../core/alarm/record-mark.ts';
import type { AlarmDetail } from '../../ipc/contract.ts';
import { describeFact } from '../../schemas/codecs/describe-record.ts';

type RecordView = AlarmDetail['records'][number];
type RegistrationView = AlarmDetail['registration'];

/** The records that make an alarm what it is, newest first, each in the words of the wire. */
export function recordsOf(state: AlarmState): RecordView[] {
  const said: (RecordView | null)[] = [
    recordView(state.registration, (says) => ({ fact: 'registered', registration: says })),
    recordView(state.simple, (says) => ({ fact: 'simpleChanged', ...says })),
    recordView(state.epics, (says) => ({ fact: 'epicsChanged', ...says })),
    recordView(state.simpleAck, ({ level }) => ({
      fact: 'simpleAcknowledged',
      isAcknowledged: level !== 'NO_ACK',
    })),
    recordView(state.epicsAck, ({ level }) => ({ fact: 'epicsAcknowledged', level })),
    recordView(state.shelf, (says) => ({ fact: 'shelved', shelf: says })),
    ...undecodableViews(state),
  ];
  return said
    .filter((view) => view !== null)
    .sort((a, b) => b.writtenAt - a.writtenAt || b.position.offset - a.position.offset);
}

/** The registration in plain fields; null where the alarm is not registered. */
export function registrationOf(state: AlarmState): RegistrationView {
  const says = state.registration?.says;
  if (says === undefined) return null;
  const { source, location, category, maxShelvedSeconds, isLatching } = says;
  return {
    source: source.kind === 'epicsChannel' ? `EPICS channel ${source.pv}` : `rule ${source.jar}`,
    location,
    category,
    maxShelvedSeconds,
    isLatching,
    documentUrl: says.documentUrl,
    screenPath: says.screenPath,
  };
}

function undecodableViews(state: AlarmState): RecordView[] {
  return Object.values(state.undecodable ?? {}).map(({ record, reason }) => ({
    ...markView(record),
    text: `cannot be decoded: ${reason}`,
  }));
}

function recordView<T>(held: Held<T> | null, factOf: (says: T) => AlarmFact): RecordView | null {
  if (held === null) return null;
  return { ...markView(held.record), text: describeFact(factOf(held.says)) };
}

function markView(record: RecordMark): Omit<RecordView, 'text'> {
  const { writtenAt, audit } = record;
  return { position: positionOf(record), writtenAt, audit: { ...audit } };
}
