import { describe, expect, it } from 'vitest';
import {
  notAnswered,
  problemOfConnection,
} from '../../../../../adapters/kafka/connection/log-problem.ts';
import {
  faultOfFirstByte,
  SocketFaultError,
} from '../../../../../adapters/kafka/connection/socket-problem.ts';

const PLAIN = { address: 'kafka:9092', usesTls: false };
const TLS = { address: 'kafka:9093', usesTls: true };

const UNREACHABLE = { code: 'Unreachable', isRetriable: true };
const NOT_A_LOG = { code: 'NotALog', isRetriable: false };
const TLS_FAILED = { code: 'TlsFailed', isRetriable: false };

const withCode = (code: string): Error => Object.assign(new Error(`it was ${code}`), { code });

describe('problemOfConnection', () => {
  it.each([
    ['a refused connection', PLAIN, withCode('ECONNREFUSED'), UNREACHABLE],
    ['an unknown host', PLAIN, withCode('ENOTFOUND'), UNREACHABLE],
    ['a name service that is down', PLAIN, withCode('EAI_AGAIN'), UNREACHABLE],
    ['no route', PLAIN, withCode('EHOSTUNREACH'), UNREACHABLE],
    ['a connection cut', PLAIN, withCode('ECONNRESET'), UNREACHABLE],
    ['anything else', PLAIN, new Error('out of buffers'), UNREACHABLE],
    ['an expired certificate', TLS, withCode('CERT_HAS_EXPIRED'), TLS_FAILED],
    ['another host’s certificate', TLS, withCode('ERR_TLS_CERT_ALTNAME_INVALID'), TLS_FAILED],
    [
      'no client certificate',
      TLS,
      withCode('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
      TLS_FAILED,
    ],
    ['TLS against plain', TLS, withCode('ERR_SSL_WRONG_VERSION_NUMBER'), NOT_A_LOG],
    ['TLS against plain, cut', TLS, withCode('ECONNRESET'), NOT_A_LOG],
    ['TLS against plain, ended', TLS, new SocketFaultError('ClosedEarly'), NOT_A_LOG],
    ['plain against TLS', PLAIN, new SocketFaultError('TlsExpected'), NOT_A_LOG],
    ['a web server', PLAIN, new SocketFaultError('WebServer'), NOT_A_LOG],
    ['another server', PLAIN, new SocketFaultError('NotKafka'), NOT_A_LOG],
    ['a silent server', PLAIN, new SocketFaultError('Silent'), UNREACHABLE],
    ['a closed connection', PLAIN, new SocketFaultError('Closed'), UNREACHABLE],
  ])('%s: names the address and a remedy', (_case, attempt, error, verdict) => {
    const problem = problemOfConnection(attempt, error);
    expect(problem).toMatchObject(verdict);
    expect(problem.message).toContain(attempt.address);
    expect(problem.message).toMatch(/^[A-Z].*\.$/);
    expect(problem.remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('a log-in where none is taken: says so, and not in Kafka’s words', () => {
    const error = Object.assign(new Error('Request is not valid given the current SASL state'), {
      type: 'ILLEGAL_SASL_STATE',
    });
    const problem = problemOfConnection({ ...PLAIN, user: 'alice' }, error);
    expect(problem).toMatchObject({ code: 'AuthenticationFailed', isRetriable: false });
    expect(problem.message).toBe(
      'The Kafka broker at kafka:9092 takes no log-in there, so alice cannot log in.',
    );
  });

  it('a refused log-in: names the user, never the password', () => {
    const error = Object.assign(new Error('bad'), { name: 'KafkaJSSASLAuthenticationError' });
    const problem = problemOfConnection({ ...TLS, user: 'astrid' }, error);
    expect(problem).toMatchObject({ code: 'AuthenticationFailed', isRetriable: false });
    expect(problem.message).toContain('as astrid');
  });
});

describe('faultOfFirstByte', () => {
  it.each([
    [0x00, null],
    [0x15, 'TlsExpected'],
    [0x16, 'TlsExpected'],
    [0x48, 'WebServer'],
    [0x3c, 'WebServer'],
    [0x53, 'NotKafka'],
    [0xff, 'NotKafka'],
  ])('%i is %s', (byte, fault) => {
    expect(faultOfFirstByte(byte)).toBe(fault);
  });
});

describe('notAnswered', () => {
  it.each([
    ['Metadata', false],
    ['Fetch', false],
    ['ListOffsets', false],
    ['DescribeAcls', false],
    ['OffsetFetch', false],
    ['Produce', true],
    ['CreateTopics', true],
    ['DeleteAcls', true],
    ['IncrementalAlterConfigs', true],
    ['OffsetCommit', true],
  ])('%s: says whether it may have had an effect', (apiName, mayHaveEffect) => {
    const { message, remedy } = notAnswered(apiName, 'kafka:9092', 500);
    expect(message).toBe(
      `The Kafka broker at kafka:9092 did not answer within 500 ms (${apiName}).`,
    );
    expect(remedy.includes('had its effect')).toBe(mayHaveEffect);
  });
});
