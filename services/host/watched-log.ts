import type { AlarmLog, LogListener } from '../../core/ports/alarm-log.ts';

/** What went through a log, counted from the start of the process. */
export interface LogTraffic {
  /** By topic. */
  readonly read: ReadonlyMap<string, number>;
  readonly written: ReadonlyMap<string, number>;
  /** Appends that failed, by code. */
  readonly refused: ReadonlyMap<string, number>;
}

/** The same log, with all that is read and written counted. */
export function watchLog(log: AlarmLog): { readonly log: AlarmLog; readonly traffic: LogTraffic } {
  const traffic = { read: new Map(), written: new Map(), refused: new Map() };
  const watched: AlarmLog = {
    read: (topics, listener) => log.read(topics, countingListener(listener, traffic.read)),
    async append(record) {
      const written = await log.append(record);
      if (written.ok) add(traffic.written, record.topic, 1);
      else add(traffic.refused, written.error.code, 1);
      return written;
    },
    describeTopics: (topics) => log.describeTopics(topics),
    createTopics: (specs) => log.createTopics(specs),
    close: () => log.close(),
  };
  return { log: watched, traffic };
}

function countingListener(listener: LogListener, read: Map<string, number>): LogListener {
  return {
    ...listener,
    onRecords(records) {
      const topic = records[0]?.topic;
      if (topic !== undefined) add(read, topic, records.length);
      listener.onRecords(records);
    },
  };
}

function add(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
