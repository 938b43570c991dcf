import type { AlarmState } from '../../core/alarm/alarm-state.ts';
import { lineText } from '../../core/lib/line-text.ts';
import { pythonText } from './python-text.ts';

/** One alarm as seed 0's `client.py` prints it: `NAME Reg: … Alm: … Ack: … Shel: …`. */
export function alarmLine(state: AlarmState): string {
  const parts = {
    Reg: registrationOf(state),
    Alm: alarmingOf(state),
    Ack: acknowledgementOf(state),
    Shel: shelfOf(state),
  };
  const text = Object.entries(parts).map(([title, part]) => `${title}: ${pythonText(part)}`);
  return `${lineText(state.name)} ${text.join(' ')}\n`;
}

function registrationOf({ registration }: AlarmState) {
  if (registration === null) return null;
  const { source, location, category, maxShelvedSeconds, isLatching, documentUrl, screenPath } =
    registration.says;
  return {
    producer: source.kind === 'epicsChannel' ? { pv: source.pv } : { jar: source.jar },
    location,
    category,
    maxshelveduration: maxShelvedSeconds,
    latching: isLatching,
    docurl: documentUrl,
    edmpath: screenPath,
  };
}

/** Of both kinds the EPICS one: it says more. */
function alarmingOf({ epics, simple }: AlarmState) {
  if (epics !== null) return { sevr: epics.says.severity, stat: epics.says.status };
  return simple === null ? null : { alarming: simple.says.isActive };
}

function acknowledgementOf({ occurrence, epics }: AlarmState) {
  const call = epics === null ? occurrence?.calls.simple : occurrence?.calls.epics;
  if (call?.answer === undefined) return null;
  return epics === null ? { acknowledged: true } : { ack: call.answer.level };
}

function shelfOf({ shelf }: AlarmState) {
  return shelf === null ? null : { expiration: shelf.says.expiresAt, reason: shelf.says.reason };
}
