import type { LogProblem, LogProblemCode } from '../../../core/ports/alarm-log.ts';
import { type Asked, problemOfErrorCode } from '../connection/error-code.ts';
import type { BrokerAnswer } from '../protocol/broker-answer.ts';

/** What is wrong with a task of administration, in words for whoever does it. Every {@link LogProblem} is one. */
export interface AdminProblem extends Omit<LogProblem, 'code'> {
  readonly code: AdminProblemCode;
}

export type AdminProblemCode =
  | LogProblemCode
  | 'Invalid' // what was asked for can never be done
  | 'UserExists'
  | 'UserMissing'
  | 'GroupMissing'
  | 'GroupInUse'
  | 'SecurityOff' // this Kafka keeps no rights
  | 'NotInEffect'; // taken, but still not to be seen

interface Meaning {
  readonly code: AdminProblemCode;
  readonly reason: string;
  readonly remedy: string;
}

const IN_USE: Meaning = {
  code: 'GroupInUse',
  reason: 'the group has members',
  remedy: 'Stop every program of the group, then try again.',
};
const BAD_LOGIN: Meaning = {
  code: 'Invalid',
  reason: 'the log-in is not acceptable',
  remedy: 'Choose another name, mechanism or number of iterations.',
};

const MEANINGS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [24, invalid('the name of the group is not allowed', 'Correct the name of the group.')],
  [25, IN_USE],
  [33, BAD_LOGIN],
  [42, invalid('it makes no sense to the broker', 'Correct what was asked for.')],
  [
    54,
    {
      code: 'SecurityOff',
      reason: 'no authorizer is configured there, so everybody may do everything',
      remedy: 'Set authorizer.class.name on the brokers, if rights are wanted.',
    },
  ],
  [68, IN_USE],
  [
    69,
    {
      code: 'GroupMissing',
      reason: 'there is no such group',
      remedy: 'Look at the list of groups for its name.',
    },
  ],
  [
    73,
    invalid(
      'deletion of topics is switched off there',
      'Set delete.topic.enable=true on the brokers.',
    ),
  ],
  [
    91,
    {
      code: 'UserMissing',
      reason: 'there is no such user',
      remedy: 'Look at the list of users for the name.',
    },
  ],
  [93, BAD_LOGIN],
]);

/** The problem that an error code means to an administrator. */
export function adminProblemOf(
  { errorCode, detail }: BrokerAnswer,
  asked: Omit<Asked, 'detail'>,
): AdminProblem {
  const known = MEANINGS.get(errorCode);
  if (known === undefined) return problemOfErrorCode(errorCode, { ...asked, detail });
  const said = detail ? ` (${detail})` : '';
  return {
    code: known.code,
    message: `Kafka at ${asked.address} refused ${asked.doing}: ${known.reason}${said}.`,
    remedy: known.remedy,
    isRetriable: false,
  };
}

/** A problem that we find ourselves, before or after a broker was asked. */
export function ownProblem(
  code: AdminProblemCode,
  message: string,
  remedy: string,
  isRetriable = false,
): AdminProblem {
  return { code, message, remedy, isRetriable };
}

function invalid(reason: string, remedy: string): Meaning {
  return { code: 'Invalid', reason, remedy };
}
