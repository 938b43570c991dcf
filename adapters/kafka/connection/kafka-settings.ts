import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { DurationMs } from '../../../core/lib/units.ts';
import { durationMs } from '../../../core/lib/units.ts';
import type { LogProblem } from '../../../core/ports/alarm-log.ts';

/** How a site's Kafka is reached. */
export interface KafkaSettings {
  /** `host:port`, several separated by commas; any one that answers is enough. */
  readonly bootstrapServers: string;
  /** Seen in the broker's logs and quotas. */
  readonly clientId: string;
  /** Absent: plain connections. */
  readonly tls?: TlsSettings;
  /** Absent: no log-in. */
  readonly sasl?: SaslSettings;
  readonly limits?: Partial<KafkaLimits>;
}

/** What Node's TLS needs beyond the system's own certificates; texts are PEM. */
export interface TlsSettings {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
  /** The name that the broker's certificate must hold, where it is not the host's. */
  readonly servername?: string;
}

/** The log-in of a site's Kafka. */
export interface SaslSettings {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

/** How long each thing may take before it counts as failed. */
export interface KafkaLimits {
  /** From the first packet to a broker that is logged in to. */
  readonly connectMs: DurationMs;
  /** One request; a fetch adds the wait that it asks for. */
  readonly requestMs: DurationMs;
  /** One append, with every attempt that it takes. */
  readonly appendMs: DurationMs;
}

/** Where one broker listens. */
export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
}

/** The limits where a site sets none: an operator waits five seconds for a command, not longer. */
export const DEFAULT_LIMITS: KafkaLimits = {
  connectMs: durationMs(5_000),
  requestMs: durationMs(10_000),
  appendMs: durationMs(5_000),
};

const PORT_LIMIT = 65_536;

/** Parses `host:port,host:port`; IPv6 hosts stand in brackets. Refuses what is not an address, naming it. */
export function parseBootstrap(text: string): Result<readonly BrokerAddress[], LogProblem> {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const addresses: BrokerAddress[] = [];
  for (const part of parts) {
    const address = parseAddress(part);
    if (address === null) return failure(notAnAddress(part));
    addresses.push(address);
  }
  return addresses.length === 0 ? failure(notAnAddress(text)) : ok(addresses);
}

/** As written in messages and in settings. */
export function formatAddress({ host, port }: BrokerAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function parseAddress(part: string): BrokerAddress | null {
  const match = /^(?:\[([^\]]+)\]|([^:/\s]+)):(\d+)$/.exec(part);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || !(port > 0 && port < PORT_LIMIT)) return null;
  return { host, port };
}

function notAnAddress(text: string): LogProblem {
  return {
    code: 'Unreachable',
    message: `The Kafka address “${text}” is not of the form host:port.`,
    remedy: 'Set BOOTSTRAP_SERVERS to the host and port of a broker, for example kafka:9092.',
    isRetriable: false,
  };
}
