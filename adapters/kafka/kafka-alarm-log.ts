import { failure, type Result } from '../../core/lib/result.ts';
import { type DurationMs, durationMs } from '../../core/lib/units.ts';
import type {
  AlarmLog,
  LogListener,
  LogProblem,
  LogReading,
  ReadTail,
  RecordPosition,
  TopicState,
} from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { createTopics } from './administration/create-topics.ts';
import { describeTopics, settingsOf } from './administration/describe-topics.ts';
import type { Cluster } from './connection/cluster.ts';
import { createKafkaCluster } from './connection/kafka-cluster.ts';
import { DEFAULT_LIMITS, type KafkaSettings } from './connection/kafka-settings.ts';
import { connectionClosed } from './connection/log-problem.ts';
import { createProducer, type Producer } from './producing/producer.ts';
import type { TopicRetentions } from './reading/catch-up.ts';
import { createLogReading } from './reading/log-reading.ts';

/** How the alarm log in a site's Kafka is reached and read. */
export interface KafkaAlarmLogOptions extends KafkaSettings {
  readonly clock: Clock;
  /** A broker that says nothing for this long makes a reading stale; four seconds where absent. */
  readonly staleAfterMs?: DurationMs;
}

const STALE_AFTER_MS = durationMs(4_000);
const CREATE_WITHIN_MS = 10_000;
/** Seed 0's setting: where a site's cannot be asked for, tombstones count as gone that soon. */
const SHORTEST_RETENTION_MS = durationMs(100);

/** The alarm log of a site, in its Kafka. Opens nothing until it is asked; every wait has an end. */
export function createKafkaAlarmLog(options: KafkaAlarmLogOptions): AlarmLog {
  return new KafkaAlarmLog(options);
}

class KafkaAlarmLog implements AlarmLog {
  readonly #options: KafkaAlarmLogOptions;
  readonly #commands: Cluster;
  readonly #producer: Producer;
  readonly #readings = new Set<LogReading>();
  #isClosed = false;

  constructor(options: KafkaAlarmLogOptions) {
    this.#options = options;
    this.#commands = createKafkaCluster(options);
    const appendMs = options.limits?.appendMs ?? DEFAULT_LIMITS.appendMs;
    this.#producer = createProducer(this.#commands, appendMs);
  }

  read(topics: readonly string[], listener: LogListener, tail?: ReadTail): LogReading {
    if (this.#isClosed) {
      const problem = connectionClosed(this.#commands.address);
      listener.onPhase({ phase: 'failed', problem });
      return { close: async () => undefined };
    }
    // Connections of its own: a long poll never waits behind another reading's, nor a command behind a replay.
    const cluster = createKafkaCluster(this.#options);
    const reading = createLogReading(cluster, topics, listener, {
      clock: this.#options.clock,
      staleAfterMs: this.#options.staleAfterMs ?? STALE_AFTER_MS,
      retentionsOf: (asked) => retentionsOf(cluster, asked),
      ...(tail === undefined ? {} : { tail }),
    });
    const owned: LogReading = {
      close: async () => {
        this.#readings.delete(owned);
        await Promise.all([reading.close(), cluster.close()]);
      },
    };
    this.#readings.add(owned);
    return owned;
  }

  append(record: Parameters<AlarmLog['append']>[0]): Promise<Result<RecordPosition, LogProblem>> {
    return this.#producer.append(record);
  }

  describeTopics(topics: readonly string[]): Promise<Result<readonly TopicState[], LogProblem>> {
    return describeTopics(this.#commands, topics);
  }

  async createTopics(
    specs: Parameters<AlarmLog['createTopics']>[0],
  ): Promise<Result<void, LogProblem>> {
    if (this.#isClosed) return failure(connectionClosed(this.#commands.address));
    return createTopics(this.#commands, specs, CREATE_WITHIN_MS);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#readings].map((reading) => reading.close()));
    await this.#producer.close();
    await this.#commands.close();
  }
}

/** How long tombstones stay in topics; null where nothing is compacted away. */
async function retentionsOf(cluster: Cluster, topics: readonly string[]): Promise<TopicRetentions> {
  const answer = await settingsOf(cluster, topics);
  const settings = (topic: string) => (answer.ok ? answer.value.get(topic)?.settings : undefined);
  return new Map(topics.map((topic) => [topic, retentionIn(settings(topic))]));
}

function retentionIn(settings: TopicState['settings'] | undefined): DurationMs | null {
  const policy = settings?.['cleanup.policy'];
  if (policy !== undefined && !policy.includes('compact')) return null;
  const retention = Number(settings?.['delete.retention.ms'] ?? Number.NaN);
  return Number.isNaN(retention) ? SHORTEST_RETENTION_MS : durationMs(retention);
}
