import { Buffer } from 'node:buffer';
import type { AlarmFact } from '../../core/alarm/events.ts';
import type { OccurrenceSnapshot } from '../../core/alarm/occurrence.ts';
import { assertNever } from '../../core/lib/invariant.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import type { Registration } from '../../core/registration/registration.ts';
import { FRAME_BYTES, frameIdOf } from './frame.ts';
import { textOf } from './utf-8.ts';

/** Longest text that `attemptDecode` answers, in characters. */
export const MAX_ATTEMPT_CHARS = 2000;

/** What a record says, on one line and in the words of the wire, e.g. `AlarmingEPICS MAJOR HIHI`; for detail views. */
export function describeFact(fact: AlarmFact): string {
  switch (fact.fact) {
    case 'registered':
      return describeRegistration(fact.registration);
    case 'unregistered':
      return 'RegisteredAlarm removed';
    case 'simpleChanged':
      return fact.isActive ? 'Alarming' : 'Alarming cleared';
    case 'epicsChanged':
      return `AlarmingEPICS ${fact.severity} ${fact.status}`;
    case 'simpleAcknowledged':
      return fact.isAcknowledged ? 'Ack' : 'Ack taken back';
    case 'epicsAcknowledged':
      return `AckEPICS ${fact.level}`;
    case 'shelved':
      return `ShelvedAlarm ${describeEnd(fact.shelf.expiresAt)} ${JSON.stringify(fact.shelf.reason)}`;
    case 'unshelved':
      return 'ShelvedAlarm removed';
    case 'occurrenceKept':
      return describeSnapshot(fact.snapshot);
    case 'occurrenceClosed':
      return 'OccurrenceSnapshot removed';
    case 'undecodable':
      return `undecodable (${fact.slot}): ${fact.reason}`;
    default:
      return assertNever(fact);
  }
}

/**
 * The best that can be said of bytes that could not be decoded: the frame's schema id, and text or JSON where they are that.
 * Never throws; answers at most 2000 characters, with control characters escaped.
 */
export function attemptDecode(bytes: Uint8Array): string {
  if (bytes.length === 0) {
    return 'no bytes';
  }
  const id = frameIdOf(bytes, 0, bytes.length);
  if (id < 0) {
    return attemptText(bytes, 0);
  }
  return `framed, schema id ${id}, then ${bytes.length - FRAME_BYTES} bytes${attemptPayload(bytes)}`;
}

function attemptPayload(bytes: Uint8Array): string {
  return bytes.length === FRAME_BYTES ? '' : `: ${attemptText(bytes, FRAME_BYTES)}`;
}

function attemptText(bytes: Uint8Array, start: number): string {
  const shown = Math.min(bytes.length, start + MAX_ATTEMPT_CHARS * 4);
  const text = textOf(bytes, start, bytes.length);
  const isText = text !== null && !/\p{Cc}/u.test(text.replaceAll(/[\t\n\r]/g, ''));
  if (text !== null && isText) {
    return `text ${clip(JSON.stringify(text))}`;
  }
  return `binary, readable parts ${clip(JSON.stringify(readableParts(bytes, start, shown)))}`;
}

/** Runs of four and more printable ASCII characters: names and symbols stand out in most formats. */
function readableParts(bytes: Uint8Array, start: number, end: number): string {
  const latin = Buffer.from(bytes.subarray(start, end)).toString('latin1');
  return (latin.match(/[\x20-\x7e]{4,}/g) ?? []).join(' … ');
}

function clip(text: string): string {
  return text.length > MAX_ATTEMPT_CHARS - 100
    ? `${text.slice(0, MAX_ATTEMPT_CHARS - 100)}…`
    : text;
}

function describeRegistration(registration: Registration): string {
  const { source, location, category, maxShelvedSeconds, isLatching } = registration;
  const producer =
    source.kind === 'epicsChannel' ? `DirectCAAlarm ${source.pv}` : `StreamRuleAlarm ${source.jar}`;
  const limit = maxShelvedSeconds === null ? '' : ` shelved at most ${maxShelvedSeconds} s`;
  return `RegisteredAlarm ${location} ${category} ${producer}${isLatching ? ' latching' : ''}${limit}`;
}

function describeSnapshot(snapshot: OccurrenceSnapshot): string {
  const { occurrence, upTo } = snapshot;
  const returned =
    occurrence.returnedAt === undefined ? '' : ` returned ${moment(occurrence.returnedAt)}`;
  return `OccurrenceSnapshot ${occurrence.highestLevel} since ${moment(occurrence.startedAt)}${returned}, up to ${upTo.topic}/${upTo.partition}/${upTo.offset}`;
}

function describeEnd(expiresAt: EpochMs | null): string {
  return expiresAt === null ? 'until unshelved' : `until ${moment(expiresAt)}`;
}

function moment(at: EpochMs): string {
  return new Date(at).toISOString();
}
