import type { LogProblem, LogProblemCode } from '../../../core/ports/alarm-log.ts';

/** What a broker was asked when it answered with an error code. */
export interface Asked {
  /** “appending to active-alarms” */
  readonly doing: string;
  readonly address: string;
  /** What the broker said beside the code, where it did. */
  readonly detail?: string | null;
  /** The right without which it is refused, where one is known: “Write on topic active-alarms”. */
  readonly needs?: string;
}

/** Error codes of Kafka's protocol that somebody decides by. */
export const ERROR_CODES = {
  none: 0,
  offsetOutOfRange: 1,
  unknownTopic: 3,
  leaderNotAvailable: 5,
  notLeader: 6,
  topicExists: 36,
  notController: 41,
  outOfOrderSequence: 45,
  duplicateSequence: 46,
  invalidProducerEpoch: 47,
  unknownProducerId: 59,
} as const;

interface Meaning {
  readonly code: LogProblemCode;
  readonly reason: string;
  readonly remedy: string;
  readonly isRetriable: boolean;
}

const WAIT = 'Nothing: Klaxon tries again by itself.';
const REPLICAS = 'Bring the missing brokers back, or lower min.insync.replicas of the topic.';
const RIGHTS = 'Ask the administrator of Kafka for the right to do this.';
const SPEC = 'Check the settings of the topic with the administrator of Kafka.';

const moved = meaning('Unexpected', 'the partition is moving to another broker', WAIT, true);
const tooLarge = meaning(
  'RecordTooLarge',
  'the record is larger than the topic takes',
  'Shorten the text of the record, or raise max.message.bytes of the topic.',
  false,
);
const refused = meaning('NotAuthorized', 'the user has no right to do this', RIGHTS, false);

const MEANINGS: ReadonlyMap<number, Meaning> = new Map([
  [1, meaning('HistoryLost', 'the log no longer holds that position', WAIT, true)],
  [2, meaning('Corrupt', 'the record did not pass its checksum', WAIT, true)],
  [
    3,
    meaning(
      'TopicMissing',
      'the topic does not exist',
      'Create the missing topics; everything begins by itself once they are there.',
      true,
    ),
  ],
  [5, moved],
  [6, moved],
  [7, meaning('TimedOut', 'its replicas did not answer in time', REPLICAS, true)],
  [9, moved],
  [10, tooLarge],
  [13, moved],
  [14, moved],
  [15, moved],
  [16, moved],
  [17, meaning('Unexpected', 'the name of the topic is not allowed', SPEC, false)],
  [18, tooLarge],
  [19, meaning('Unexpected', 'too few replicas are in sync', REPLICAS, true)],
  [20, meaning('TimedOut', 'too few replicas took the record', REPLICAS, true)],
  [29, refused],
  [30, refused],
  [31, refused],
  [
    32,
    meaning(
      'Unexpected',
      "the record's time is too far from the broker's",
      'Set the clock of this computer right.',
      false,
    ),
  ],
  [37, meaning('Unexpected', 'the number of partitions is not allowed', SPEC, false)],
  [38, meaning('Unexpected', 'the number of replicas is not possible here', SPEC, false)],
  [40, meaning('Unexpected', 'a setting is not allowed', SPEC, false)],
  [41, moved],
  [44, meaning('Unexpected', 'a policy of this Kafka forbids it', SPEC, false)],
  [53, refused],
  [
    56,
    meaning('Unexpected', 'its storage failed', 'Check the disks of the broker and its log.', true),
  ],
  [74, moved],
  [75, moved],
]);

/** The problem that an error code of a broker means; 0 is none and never comes here. Unknown codes are named. */
export function problemOfErrorCode(errorCode: number, asked: Asked): LogProblem {
  const meant = MEANINGS.get(errorCode) ?? unknownMeaning(errorCode);
  const known = meant === refused && asked.needs !== undefined ? rightMissing(asked.needs) : meant;
  const detail = asked.detail ? ` (${asked.detail})` : '';
  return {
    code: known.code,
    message: `Kafka at ${asked.address} refused ${asked.doing}: ${known.reason}${detail}.`,
    remedy: known.remedy,
    isRetriable: known.isRetriable,
  };
}

function rightMissing(right: string): Meaning {
  return meaning(
    'NotAuthorized',
    `the user lacks the right ${right}`,
    `Ask the administrator of Kafka for the right ${right}.`,
    false,
  );
}

function unknownMeaning(errorCode: number): Meaning {
  return meaning(
    'Unexpected',
    `error code ${errorCode}`,
    "Look the code up in Kafka's protocol, and in the broker's log.",
    false,
  );
}

function meaning(
  code: LogProblemCode,
  reason: string,
  remedy: string,
  isRetriable: boolean,
): Meaning {
  return { code, reason, remedy, isRetriable };
}
