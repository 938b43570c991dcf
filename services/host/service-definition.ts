import type { Identity } from '../../core/audit/audit.ts';
import type { DurationMs } from '../../core/lib/units.ts';
import type { AlarmLog, LogPhase } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import type { ServiceLogger } from './service-logger.ts';

/** A headless service, as `klaxon serve NAME` runs it. */
export interface ServiceDefinition {
  readonly name: string;
  /** What it does, in half a sentence. */
  readonly summary: string;
  /** Its name in the audit headers and at the broker. */
  readonly producer: string;
  /** Where it tells how it stands, unless it is configured otherwise. */
  readonly httpAddress: string;
  createApp(ports: ServicePorts): ServiceApp;
}

/** What every service gets from its composition root. */
export interface ServicePorts {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  readonly clock: Clock;
  readonly identity: Omit<Identity, 'producer'>;
  readonly logger: ServiceLogger;
}

export interface ServiceApp {
  start(): void;
  /** Answers when nothing of its own is half done. */
  stop(): Promise<void>;
  condition(): ServiceCondition;
}

/** How a service stands. */
export interface ServiceCondition {
  readonly phase: LogPhase;
  /** At the head of the log and live: it does its work. */
  readonly isReady: boolean;
  /** Broker's time minus this computer's, where the service knows it. */
  readonly clockOffsetMs?: DurationMs;
  /** What else it counts, by the end of the metric's name. */
  readonly gauges: Readonly<Record<string, number>>;
}
