import type { LogProblem, LogProblemCode } from '../../../core/ports/alarm-log.ts';
import { type SocketFault, SocketFaultError } from './socket-problem.ts';

/** What was attempted when a connection failed. */
export interface ConnectionAttempt {
  readonly address: string;
  readonly usesTls: boolean;
  /** The user that was logged in, for the sentence. */
  readonly user?: string;
}

const RETRIES = 'Klaxon tries again by itself.';
const CHECK_ADDRESS = 'Check BOOTSTRAP_SERVERS.';
const CHECK_BROKER = 'Check that the broker runs and keeps up.';
const EFFECT_UNKNOWN = `Look whether it had its effect before it is repeated; check that the broker runs. ${RETRIES}`;

/**
 * What is wrong with a connection, from what ended it: an error of the system, of TLS, of the log-in, or our own finding
 * about the other side. Every answer names the address. A wrong address, certificate or password is not retriable.
 */
export function problemOfConnection(attempt: ConnectionAttempt, error: unknown): LogProblem {
  if (error instanceof SocketFaultError) return problemOfFault(attempt, error.fault);
  const code = textField(error, 'code');
  const message = error instanceof Error ? error.message : String(error);
  if (textField(error, 'type') === 'ILLEGAL_SASL_STATE') return noLoginThere(attempt);
  if (isLogin(error)) return loginFailed(attempt, message);
  return (
    unreachable(attempt, code) ??
    tlsFailed(attempt, code, message) ??
    problem(
      'Unreachable',
      `The connection to the Kafka broker at ${attempt.address} failed: ${message}.`,
      `Check the network and the broker's log. ${RETRIES}`,
      true,
    )
  );
}

/** A deadline passed while something was being done; nothing is known about its effect. `doing`: “appending to x”. */
export function timedOut(doing: string, address: string, limitMs: number): LogProblem {
  return problem(
    'TimedOut',
    `The Kafka broker at ${address} did not answer within ${limitMs} ms while ${doing}.`,
    EFFECT_UNKNOWN,
    true,
  );
}

/** Requests that change something: one that was not answered may have done it. */
const CHANGES_SOMETHING = /^(Produce|Create|Delete|Alter|Incremental|OffsetCommit)/;

/** A deadline passed before one request, named as in Kafka's protocol, was answered. */
export function notAnswered(apiName: string, address: string, limitMs: number): LogProblem {
  return problem(
    'TimedOut',
    `The Kafka broker at ${address} did not answer within ${limitMs} ms (${apiName}).`,
    CHANGES_SOMETHING.test(apiName) ? EFFECT_UNKNOWN : `${CHECK_BROKER} ${RETRIES}`,
    true,
  );
}

/** The log was closed while something was under way, or before. */
export function connectionClosed(address: string): LogProblem {
  return problem(
    'Closed',
    `The connection to Kafka at ${address} has been closed by this program.`,
    'Start the program again.',
    false,
  );
}

/** A broker whose protocol and ours have no version of a request in common. */
export function noCommonVersion(address: string, apiName: string): LogProblem {
  return problem(
    'Unexpected',
    `The Kafka broker at ${address} offers no version of ${apiName} that Klaxon speaks.`,
    'Use a broker of Kafka 2.4 or newer, or a newer Klaxon.',
    false,
  );
}

/** An answer that breaks Kafka's protocol. */
export function brokenAnswer(address: string, detail: string): LogProblem {
  return problem(
    'Unexpected',
    `The Kafka broker at ${address} gave an answer that cannot be read: ${detail}.`,
    `Check that the address is a Kafka broker's and not a proxy's. ${RETRIES}`,
    true,
  );
}

function problemOfFault(attempt: ConnectionAttempt, fault: SocketFault): LogProblem {
  const { address, usesTls } = attempt;
  switch (fault) {
    case 'WebServer':
      return notALog(`A web server answers at ${address}, not a Kafka broker.`, CHECK_ADDRESS);
    case 'TlsExpected':
      return notALog(
        `The server at ${address} speaks TLS, but Klaxon connects without it.`,
        'Switch TLS on for this Kafka, or give the address of its plain listener.',
      );
    case 'NotKafka':
      return notALog(`Something other than a Kafka broker answers at ${address}.`, CHECK_ADDRESS);
    case 'ClosedEarly':
      return usesTls ? noTlsThere(address) : closedWithoutWord(address);
    case 'Silent':
      return problem(
        'Unreachable',
        `The server at ${address} accepts connections but does not answer as a Kafka broker.`,
        `Check that the broker is not overloaded or paused, and the address. ${RETRIES}`,
        true,
      );
    case 'Closed':
      return closedWithoutWord(address);
  }
}

function unreachable({ address }: ConnectionAttempt, code: string): LogProblem | null {
  switch (code) {
    case 'ECONNREFUSED':
      return problem(
        'Unreachable',
        `No Kafka broker listens at ${address}: the connection was refused.`,
        `Start the broker, or correct BOOTSTRAP_SERVERS. ${RETRIES}`,
        true,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return problem(
        'Unreachable',
        `The host name in the Kafka address ${address} is not known on this network.`,
        `Check the spelling in BOOTSTRAP_SERVERS and the name service. ${RETRIES}`,
        true,
      );
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return problem(
        'Unreachable',
        `The Kafka broker at ${address} cannot be reached over the network.`,
        `Check the network and firewalls between here and the broker. ${RETRIES}`,
        true,
      );
    default:
      return null;
  }
}

const CERTIFICATE_CODES = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function tlsFailed(
  { address, usesTls }: ConnectionAttempt,
  code: string,
  message: string,
): LogProblem | null {
  if (!usesTls) return code === 'ECONNRESET' ? closedWithoutWord(address) : null;
  if (CERTIFICATE_CODES.has(code) || code.startsWith('ERR_TLS_CERT')) {
    return problem(
      'TlsFailed',
      `The certificate of the Kafka broker at ${address} is not trusted: ${message}.`,
      'Give the certificate of the authority that signed it, and the host name that it holds.',
      false,
    );
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH|EPROTO|ECONNRESET/.test(code)) return noTlsThere(address);
  if (!code.startsWith('ERR_SSL') && !code.startsWith('ERR_TLS')) return null;
  return problem(
    'TlsFailed',
    `TLS with the Kafka broker at ${address} failed: ${message}.`,
    'Check the client certificate and key, and the TLS versions that the broker allows.',
    false,
  );
}

function loginFailed({ address, user }: ConnectionAttempt, message: string): LogProblem {
  const who = user === undefined ? 'without a log-in' : `as ${user}`;
  return problem(
    'AuthenticationFailed',
    `The Kafka broker at ${address} refused the connection ${who}: ${message}.`,
    'Check user, password and mechanism of the log-in to Kafka.',
    false,
  );
}

function noLoginThere({ address, user = '' }: ConnectionAttempt): LogProblem {
  return problem(
    'AuthenticationFailed',
    `The Kafka broker at ${address} takes no log-in there, so ${user} cannot log in.`,
    'Give the address of the listener that takes log-ins, or leave the user out.',
    false,
  );
}

function isLogin(error: unknown): boolean {
  return (
    textField(error, 'name') === 'KafkaJSSASLAuthenticationError' ||
    /SASL/.test(textField(error, 'type'))
  );
}

function noTlsThere(address: string): LogProblem {
  return notALog(
    `The server at ${address} does not speak TLS, but Klaxon is set to use it.`,
    'Switch TLS off for this Kafka, or give the address of its TLS listener.',
  );
}

function closedWithoutWord(address: string): LogProblem {
  return problem(
    'Unreachable',
    `The server at ${address} closed the connection.`,
    `If this repeats, the listener there may want TLS or a log-in, or be no broker. ${RETRIES}`,
    true,
  );
}

function notALog(message: string, remedy: string): LogProblem {
  return problem('NotALog', message, remedy, false);
}

function problem(
  code: LogProblemCode,
  message: string,
  remedy: string,
  isRetriable: boolean,
): LogProblem {
  return { code, message, remedy, isRetriable };
}

function textField(error: unknown, name: 'code' | 'name' | 'type'): string {
  if (typeof error !== 'object' || error === null || !(name in error)) return '';
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
}
