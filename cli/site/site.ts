import type { KafkaSettings } from '../../adapters/kafka/connection/kafka-settings.ts';
import type { RegistryOptions } from '../../adapters/schema-registry/registry-schema-store.ts';
import type { DurationMs } from '../../core/lib/units.ts';
import type { AlarmLog } from '../../core/ports/alarm-log.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';

/** The log that a command works on, opened. */
export interface Site {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  /** As people know it: the brokers' addresses, or the folder. */
  readonly address: string;
  /** How long a command waits for a sign of life. */
  readonly patienceMs: DurationMs;
  /** How it was reached, for what the ports do not offer; null on the embedded log. */
  readonly kafka: KafkaAccess | null;
  close(): Promise<void>;
}

/** Settings of the connections, for administration. */
export interface KafkaAccess {
  readonly settings: KafkaSettings;
  readonly registry: RegistryOptions;
}
