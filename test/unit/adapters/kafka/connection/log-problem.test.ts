import { describe, expect, it } from 'vitest';
import { problemOfConnection } from '../../../../../adapters/kafka/connection/log-problem.ts';
import {
  faultOfFirstByte,
  SocketFaultError,
} from '../../../../../adapters/kafka/connection/socket-problem.ts';

const PLAIN = { address: 'kafka:9092', usesTls: false };
const TLS = { address: 'kafka:9093', usesTls: true };

const withCode = (code: string): Error => Object.assign(new Error(`it was ${code}`), { code });

describe('problemOfConnection', () => {
  it.each([
    ['a refused connection', PLAIN, withCode('ECONNREFUSED'), 'Unreachable', true],
    ['an unknown host', PLAIN, withCode('ENOTFOUND'), 'Unreachable', true],
    ['a name service that is down', PLAIN, withCode('EAI_AGAIN'), 'Unreachable', true],
    ['no route', PLAIN, withCode('EHOSTUNREACH'), 'Unreachable', true],
    ['a connection cut', PLAIN, withCode('ECONNRESET'), 'Unreachable', true],
    ['anything else', PLAIN, new Error('out of buffers'), 'Unreachable', true],
    ['an expired certificate', TLS, withCode('CERT_HAS_EXPIRED'), 'TlsFailed', false],
    [
      'another host’s certificate',
      TLS,
      withCode('ERR_TLS_CERT_ALTNAME_INVALID'),
      'TlsFailed',
      false,
    ],
    [
      'no client certificate',
      TLS,
      withCode('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
      'TlsFailed',
      false,
    ],
    ['TLS against plain', TLS, withCode('ERR_SSL_WRONG_VERSION_NUMBER'), 'NotALog', false],
    ['TLS against plain, cut', TLS, withCode('ECONNRESET'), 'NotALog', false],
    ['TLS against plain, ended', TLS, new SocketFaultError('ClosedEarly'), 'NotALog', false],
    ['plain against TLS', PLAIN, new SocketFaultError('TlsExpected'), 'NotALog', false],
    ['a web server', PLAIN, new SocketFaultError('WebServer'), 'NotALog', false],
    ['another server', PLAIN, new SocketFaultError('NotKafka'), 'NotALog', false],
    ['a silent server', PLAIN, new SocketFaultError('Silent'), 'Unreachable', true],
    ['a closed connection', PLAIN, new SocketFaultError('Closed'), 'Unreachable', true],
  ])('%s: names the address and a remedy', (_case, attempt, error, code, isRetriable) => {
    const problem = problemOfConnection(attempt, error);
    expect(problem).toMatchObject({ code, isRetriable });
    expect(problem.message).toContain(attempt.address);
    expect(problem.message).toMatch(/^[A-Z].*\.$/);
    expect(problem.remedy).toMatch(/^[A-Z].*\.$/);
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
