import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { createKafkaAlarmLog } from '../../adapters/kafka/kafka-alarm-log.ts';
import { createSystemKeyring } from '../../adapters/profiles/keyring.ts';
import { profilesPath, readProfile } from '../../adapters/profiles/read-profiles.ts';
import { createRegistrySchemaStore } from '../../adapters/schema-registry/registry-schema-store.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import { toldLine } from '../../core/lib/line-text.ts';
import type { AlarmLog } from '../../core/ports/alarm-log.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { createLogOutput } from './log-output.ts';
import { withStoredSecrets } from './profile-secrets.ts';
import { readProfiledSettings, type SettingProblem } from './read-settings.ts';
import type { ServiceApp, ServiceDefinition } from './service-definition.ts';
import { serviceHelp } from './service-help.ts';
import { createServiceLogger, type ServiceLogger } from './service-logger.ts';
import { type ServiceSettings, serviceSettings } from './service-settings.ts';
import { statusPages } from './status-pages.ts';
import { startStatusServer } from './status-server.ts';
import { listenForStop, type StopSignals } from './stop-signals.ts';
import { watchLog } from './watched-log.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How long a service may take to stop. */
const STOP_WITHIN_MS = 5_000;

/**
 * Runs a service until a signal ends it, and answers the exit code (docs/operations.md): `argv` are its own options alone. The
 * caller ends the process with that code at once: after a second signal something may still be open.
 */
export async function runService(
  definition: ServiceDefinition,
  argv: readonly string[],
  env: Environment,
): Promise<number> {
  if (argv.includes('--help')) {
    process.stdout.write(serviceHelp(definition));
    return EXIT_CODES.stopped;
  }
  const readFile = (path: string): string => readFileSync(path, 'utf8');
  const read = readProfiledSettings({
    argv,
    env,
    readFile,
    readProfile: (name) => readProfile(profilesPath(env), name),
  });
  if (!read.ok) return refuse(read.error);
  const values = await withStoredSecrets(read.value, createSystemKeyring());
  if (!values.ok) return refuse(values.error);
  const settings = serviceSettings(values.value, definition.httpAddress, readFile);
  return settings.ok ? await serve(definition, settings.value) : refuse(settings.error);
}

function refuse({ message, remedy, exitCode }: SettingProblem): number {
  process.stderr.write(`${toldLine(`${message} ${remedy}`)}\n`);
  return exitCode;
}

async function serve(definition: ServiceDefinition, settings: ServiceSettings): Promise<number> {
  const clock = createSystemClock();
  const output = createLogOutput(process.stdout);
  const logger = createServiceLogger({
    service: definition.name,
    level: settings.logLevel,
    write: output.write,
    now: () => clock.now(),
  });
  const { kafka, registry } = settings;
  const kafkaLog = createKafkaAlarmLog({ ...kafka, clientId: definition.producer, clock });
  const { log, traffic } = watchLog(kafkaLog);
  const schemas = createRegistrySchemaStore(registry);
  const identity = { user: userName(), host: hostname() };
  const app = definition.createApp({ log, schemas, clock, identity, logger });
  const figures = () => ({ ...processFigures(), lostLogLines: output.lostLines() });
  const pages = statusPages({ service: definition.name, app, traffic, figures });
  const server = settings.http === null ? null : await startStatusServer(settings.http, pages);
  if (server?.ok === false) {
    const [message, remedy] = [server.error, OTHER_ADDRESS];
    logger.tell('error', 'noHealthAddress', { problem: message, remedy });
    // Whoever starts it by hand, or asks systemd how it is, reads a sentence sooner than a line of the log.
    return refuse({ message, remedy, exitCode: EXIT_CODES.unavailable });
  }
  const http = server === null ? 'off' : server.value.address;
  const { bootstrapServers } = kafka;
  const signals = listenForStop((fault) => logger.tell('error', 'fault', faultFields(fault)));
  logger.tell('info', 'started', { bootstrapServers, registry: registry.url, http });
  app.start();
  const code = await untilStopped(app, log, logger, signals);
  await server?.value.close();
  return code;
}

const OTHER_ADDRESS = 'Give another with --http-address or KLAXON_HTTP_ADDRESS, or "off".';

async function untilStopped(
  app: ServiceApp,
  log: AlarmLog,
  logger: ServiceLogger,
  signals: StopSignals,
): Promise<number> {
  const inOrder = signals.first.then(async (signal) => {
    logger.tell('info', 'stopping', { signal });
    return Promise.race([stopped(app, log), tooLate()]);
  });
  const exitCode = await Promise.race([inOrder, signals.atOnce]);
  signals.release();
  logger.tell(exitCode === EXIT_CODES.stopped ? 'info' : 'error', 'stopped', { exitCode });
  return exitCode;
}

async function stopped(app: ServiceApp, log: AlarmLog): Promise<number> {
  await app.stop();
  await log.close();
  return EXIT_CODES.stopped;
}

function faultFields(fault: unknown) {
  return fault instanceof Error
    ? { message: fault.message, stack: fault.stack }
    : { message: String(fault) };
}

function tooLate(): Promise<number> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(EXIT_CODES.notStopped), STOP_WITHIN_MS).unref();
  });
}

/** In a container the account may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}

function processFigures() {
  const { user, system } = process.cpuUsage();
  return {
    cpuSeconds: (user + system) / 1e6,
    residentBytes: process.memoryUsage.rss(),
    startedAtSeconds: Math.round(performance.timeOrigin / 1_000),
  };
}
