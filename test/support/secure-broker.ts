import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { javaCommand } from '../../scripts/set-up/broker.mjs';
import { freePort } from './free-port.ts';
import { type BrokerOptions, startBroker } from './kafka-broker.ts';

/** A broker with rights, a plain listener for the administrator and one with TLS and a log-in for everybody else. */
export interface SecureBroker {
  /** Whoever comes here may do everything. */
  readonly plain: string;
  /** Wants TLS and the log-in `astrid` / `astrid-secret` (PLAIN), who may do nothing until given the right. */
  readonly secure: string;
  /** The certificate to trust, as PEM. */
  readonly ca: string;
  stop(): Promise<void>;
}

export interface SecureBrokerOptions {
  /** With SCRAM a user `admin` who may log in by it is a super user; somebody must make that user first. */
  readonly mechanisms?: 'PLAIN' | 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512';
  readonly certificate?: 'valid' | 'expired';
  readonly version?: NonNullable<BrokerOptions['version']>;
}

const STORE_PASSWORD = 'changeit';
const PLAIN_LOGIN = 'org.apache.kafka.common.security.plain.PlainLoginModule';
const SCRAM_LOGIN = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';

/** Starts a broker that asks who comes and what they may. */
export async function startSecureBroker({
  mechanisms = 'PLAIN',
  certificate = 'valid',
  version = '4.3.1',
}: SecureBrokerOptions = {}): Promise<SecureBroker> {
  const dir = await mkdtemp(join(tmpdir(), 'klaxon-secure-'));
  const ca = await makeCertificate(dir, certificate);
  const [port, securePort, controllerPort] = [await freePort(), await freePort(), await freePort()];
  const broker = await startBroker({
    port,
    version,
    properties: {
      listeners: `PLAINTEXT://127.0.0.1:${port},SASL_SSL://127.0.0.1:${securePort},CONTROLLER://127.0.0.1:${controllerPort}`,
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${port},SASL_SSL://localhost:${securePort}`,
      'listener.security.protocol.map':
        'PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT',
      'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
      'sasl.enabled.mechanisms': mechanisms,
      'listener.name.sasl_ssl.plain.sasl.jaas.config': `${PLAIN_LOGIN} required user_astrid="astrid-secret";`,
      'listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config': SCRAM_LOGIN,
      'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': SCRAM_LOGIN,
      'ssl.keystore.type': 'PKCS12',
      'ssl.keystore.location': storeIn(dir),
      'ssl.keystore.password': STORE_PASSWORD,
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:ANONYMOUS;User:admin',
    },
  });
  return {
    plain: broker.bootstrap,
    secure: `localhost:${securePort}`,
    ca,
    stop: async () => {
      await broker.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A certificate of localhost that signs itself, made with the tool that every Java has. */
async function makeCertificate(dir: string, state: 'valid' | 'expired'): Promise<string> {
  const java = javaCommand();
  const keytool = java === 'java' ? 'keytool' : join(dirname(java), 'keytool');
  const store = ['-keystore', storeIn(dir), '-storetype', 'PKCS12', '-storepass', STORE_PASSWORD];
  const names = ['-dname', 'CN=localhost', '-ext', 'san=dns:localhost,ip:127.0.0.1'];
  const from = state === 'valid' ? '-1d' : '-60d';
  const valid = ['-startdate', from, '-validity', '30'];
  const key = ['-alias', 'broker', '-keyalg', 'EC', '-groupname', 'secp256r1', ...valid];
  const run = promisify(execFile);
  await run(keytool, ['-genkeypair', ...key, ...names, ...store]);
  const file = join(dir, 'ca.pem');
  await run(keytool, ['-exportcert', '-rfc', '-alias', 'broker', '-file', file, ...store]);
  return readFile(file, 'utf8');
}

function storeIn(dir: string): string {
  return join(dir, 'broker.p12');
}
