import type { Answer, Call, OccurrenceSnapshot } from '../../../core/alarm/occurrence.ts';
import type { RecordMark } from '../../../core/alarm/record-mark.ts';

type Value = Readonly<Record<string, unknown>>;

/** A snapshot as the value of `alarm-occurrences`, for avsc. Two equal snapshots are the same bytes. */
export function writeSnapshot(snapshot: OccurrenceSnapshot): Value {
  const { occurrence, upTo, upToWrittenAt } = snapshot;
  const { simple, epics } = occurrence.calls;
  return {
    openedBy: writeMark(occurrence.openedBy),
    startedAt: occurrence.startedAt,
    highestLevel: occurrence.highestLevel,
    simple: optional('klaxon.alarms.Call', simple && writeCall(simple)),
    epics: optional('klaxon.alarms.Call', epics && writeCall(epics)),
    returnedAt: optional('long', occurrence.returnedAt),
    isKnownFromStart: occurrence.isKnownFromStart,
    upToTopic: upTo.topic,
    upToPartition: upTo.partition,
    upToOffset: upTo.offset,
    upToWrittenAt,
  };
}

function writeCall(call: Call): Value {
  return {
    record: writeMark(call.record),
    level: call.level,
    answer: optional('klaxon.alarms.Answer', call.answer && writeAnswer(call.answer)),
  };
}

function writeAnswer(answer: Answer): Value {
  return { record: writeMark(answer.record), level: answer.level };
}

/** A record of the log as `RecordMark` of our own schemas, for avsc. */
export function writeMark(mark: RecordMark): Value {
  const { topic, partition, offset, writtenAt } = mark;
  return {
    topic,
    partition,
    offset,
    writtenAt,
    user: optional('string', mark.audit.user),
    producer: optional('string', mark.audit.producer),
    host: optional('string', mark.audit.host),
  };
}

/** A union with null: null where there is nothing. */
export function optional(branch: string, value: unknown): Value | null {
  return value === undefined ? null : { [branch]: value };
}
