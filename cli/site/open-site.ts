import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseBootstrap } from '../../adapters/kafka/connection/kafka-settings.ts';
import {
  DEFAULT_BOOTSTRAP_SERVERS,
  DEFAULT_REGISTRY_ADDRESS,
  isWebAddress,
  NO_BROKERS,
  NO_WEB_ADDRESS,
} from '../../adapters/system/site-addresses.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { type DurationMs, durationMs } from '../../core/lib/units.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { CommandCall } from '../command/command.ts';
import { type Complaint, failed, misused, type Outcome } from '../command/outcome.ts';
import { shown } from '../command/parse-arguments.ts';
import {
  BOOTSTRAP_SERVERS,
  EMBEDDED,
  REGISTRY,
  REGISTRY_USERNAME,
  TIMEOUT,
} from '../options/site-options.ts';
import { optionValue, readSeconds } from '../options/values.ts';
import { type SiteCall, withProfile } from './chosen-profile.ts';
import { CLI_PRODUCER } from './operator.ts';
import { saslOf, siteSecret, tlsOf } from './secure-settings.ts';
import type { KafkaAccess, Site } from './site.ts';

const PATIENCE_MS = durationMs(10_000);

/** What an open log is asked to be. */
export interface SiteWish {
  /** Whether an embedded log that is not there is made. */
  readonly mayMake?: boolean;
}

/** Opens the log that the command line names, does the work, and closes it whatever came of it. */
export async function withSite(
  call: CommandCall,
  work: (site: Site) => Promise<Outcome>,
  wish: SiteWish = {},
): Promise<Outcome> {
  const opened = await openSite(call, wish);
  if (!opened.ok) return opened.error;
  try {
    return await work(opened.value);
  } finally {
    await opened.value.close();
  }
}

async function openSite(call: CommandCall, wish: SiteWish): Promise<Result<Site, Outcome>> {
  const timeout = optionValue(call.given, TIMEOUT, readSeconds);
  if (!timeout.ok) return failure(misused(timeout.error));
  const profiled = await withProfile(call);
  if (!profiled.ok) return profiled;
  const folder = call.given.text(EMBEDDED);
  return folder === undefined
    ? openKafka(profiled.value, timeout.value)
    : openEmbedded(call, folder, { ...wish, patienceMs: timeout.value ?? PATIENCE_MS });
}

async function openKafka(
  call: SiteCall,
  timeoutMs: DurationMs | undefined,
): Promise<Result<Site, Outcome>> {
  const access = await kafkaAccess(call, timeoutMs);
  if (!access.ok) return failure(misused(access.error.message, access.error.remedy));
  const [{ createKafkaAlarmLog }, { createRegistrySchemaStore }] = await Promise.all([
    import('../../adapters/kafka/kafka-alarm-log.ts'),
    import('../../adapters/schema-registry/registry-schema-store.ts'),
  ]);
  const { settings, registry } = access.value;
  const log = createKafkaAlarmLog({ ...settings, clock: call.clock });
  return ok({
    log,
    schemas: createRegistrySchemaStore(registry),
    address: settings.bootstrapServers,
    patienceMs: timeoutMs ?? PATIENCE_MS,
    kafka: access.value,
    // What was written is durable, and the program ends: nothing waits for a broker to say good-bye.
    close: async () => void log.close(),
  });
}

async function kafkaAccess(
  call: SiteCall,
  timeoutMs: DurationMs | undefined,
): Promise<Result<KafkaAccess, Complaint>> {
  const strange = strangeAddress(call);
  if (strange !== null) return failure({ message: strange });
  const tls = await tlsOf(call);
  if (!tls.ok) return tls;
  const sasl = await saslOf(call);
  if (!sasl.ok) return sasl;
  const registry = await registryOf(call, timeoutMs);
  if (!registry.ok) return failure({ message: registry.error });
  return ok({
    registry: registry.value,
    settings: {
      bootstrapServers: call.given.text(BOOTSTRAP_SERVERS) ?? DEFAULT_BOOTSTRAP_SERVERS,
      clientId: CLI_PRODUCER,
      ...(tls.value === undefined ? {} : { tls: tls.value }),
      ...(sasl.value === undefined ? {} : { sasl: sasl.value }),
      ...(timeoutMs === undefined ? {} : { limits: limitsOf(timeoutMs) }),
    },
  });
}

/** A word that can be no address is refused before anything is asked of it, naming where it stands. */
function strangeAddress({ given }: SiteCall): string | null {
  for (const [option, isAddress, fault] of [
    [BOOTSTRAP_SERVERS, isBrokerList, NO_BROKERS],
    [REGISTRY, isWebAddress, NO_WEB_ADDRESS],
  ] as const) {
    const text = given.text(option);
    if (text === undefined || isAddress(text)) continue;
    const source = given.has(option) ? `--${option.name}` : `The variable ${option.env}`;
    return `${source} cannot be ${shown(text)}: it ${fault}.`;
  }
  return null;
}

function isBrokerList(text: string): boolean {
  return parseBootstrap(text).ok;
}

async function registryOf(
  call: SiteCall,
  timeoutMs: DurationMs | undefined,
): Promise<Result<KafkaAccess['registry'], string>> {
  const url = call.given.text(REGISTRY) ?? DEFAULT_REGISTRY_ADDRESS;
  const limit = timeoutMs === undefined ? {} : { timeoutMs };
  const user = call.given.text(REGISTRY_USERNAME);
  if (user === undefined) return ok({ url, ...limit });
  const question = `Password of ${user} at the schema registry`;
  const password = await siteSecret(call, 'registry-password', question);
  return password.ok ? ok({ url, ...limit, user, password: password.value }) : password;
}

function limitsOf(timeoutMs: DurationMs) {
  return { connectMs: timeoutMs, requestMs: timeoutMs, appendMs: timeoutMs };
}

async function openEmbedded(
  { clock, terminal }: CommandCall,
  folder: string,
  { mayMake, patienceMs }: SiteWish & { readonly patienceMs: DurationMs },
): Promise<Result<Site, Outcome>> {
  if (mayMake !== true && !existsSync(join(folder, 'CURRENT'))) {
    const remedy =
      'Give the folder of a console, or make one with: klaxon create-topics --embedded DIR';
    return failure(misused(`There is no alarm log in ${folder}.`, remedy));
  }
  const [{ openEmbeddedLog }, { createEmbeddedSchemaStore }, { SHIPPED_SCHEMAS }] =
    await Promise.all([
      import('../../adapters/embedded/embedded-log.ts'),
      import('../../adapters/embedded/embedded-schema-store.ts'),
      import('../../adapters/embedded/shipped-schemas.ts'),
    ]);
  const opened = await openEmbeddedLog(folder, {
    clock,
    onNotice: ({ message, remedy }) => terminal.tell(`klaxon: ${message} ${remedy}`),
  });
  if (!opened.ok) {
    return opened.error.code === 'StoreInUse'
      ? openThroughConsole(clock, folder, { patienceMs, held: opened.error.message })
      : failure(failed(opened.error));
  }
  const log = opened.value;
  return ok({
    log,
    schemas: createEmbeddedSchemaStore(SHIPPED_SCHEMAS),
    address: folder,
    patienceMs,
    kafka: null,
    close: () => log.close(),
  });
}

/** A log that another program holds is reached through that program, where it offers it: a console does. */
async function openThroughConsole(
  clock: Clock,
  folder: string,
  { patienceMs, held }: { readonly patienceMs: DurationMs; readonly held: string },
): Promise<Result<Site, Outcome>> {
  const { connectLog } = await import('../../adapters/local-socket/connect-log.ts');
  const connected = await connectLog(folder, { clock, patienceMs });
  if (!connected.ok) {
    const { message, remedy } = connected.error;
    return failure(failed({ message: `${held} ${message}`, remedy }));
  }
  return ok({ ...connected.value, address: folder, patienceMs, kafka: null });
}
