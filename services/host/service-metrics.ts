import type { LogPhase } from '../../core/ports/alarm-log.ts';
import type { Metric, Sample } from './metrics-text.ts';
import type { ServiceCondition } from './service-definition.ts';
import type { LogTraffic } from './watched-log.ts';

/** What the operating system says of the process. */
export interface ProcessFigures {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly startedAtSeconds: number;
  /** Lines of the log that could not be written. */
  readonly lostLogLines: number;
}

const PHASES: readonly LogPhase['phase'][] = ['connecting', 'replaying', 'live', 'stale', 'failed'];

/** Everything that `/metrics` tells of a service (docs/operations.md). */
export function serviceMetrics(
  service: string,
  condition: ServiceCondition,
  traffic: LogTraffic,
  figures: ProcessFigures,
): readonly Metric[] {
  const { phase, isReady, clockOffsetMs, gauges } = condition;
  return [
    gauge('klaxon_info', 'Which service this is.', [{ labels: { service }, value: 1 }]),
    gauge('klaxon_ready', '1 = at the head of the log and live.', [{ value: isReady ? 1 : 0 }]),
    gauge(
      'klaxon_phase',
      'How far the reading is: 1 for the phase that it is in.',
      PHASES.map((name) => ({ labels: { phase: name }, value: name === phase.phase ? 1 : 0 })),
    ),
    counter('klaxon_records_read_total', 'Records read, by topic.', byLabel('topic', traffic.read)),
    counter(
      'klaxon_records_written_total',
      'Records written, by topic.',
      byLabel('topic', traffic.written),
    ),
    counter(
      'klaxon_writes_refused_total',
      'Records that the log did not take, by reason.',
      byLabel('code', traffic.refused),
    ),
    ...Object.entries(gauges).map(([name, value]) =>
      gauge(`klaxon_${name}`, HELP[name] ?? name, [{ value }]),
    ),
    ...(clockOffsetMs === undefined
      ? []
      : [
          gauge('klaxon_clock_offset_seconds', 'Broker’s time minus this computer’s.', [
            { value: clockOffsetMs / 1_000 },
          ]),
        ]),
    counter('klaxon_log_lines_lost_total', 'Lines of the log that nobody could take.', [
      { value: figures.lostLogLines },
    ]),
    counter('process_cpu_seconds_total', 'Processor time used.', [{ value: figures.cpuSeconds }]),
    gauge('process_resident_memory_bytes', 'Memory in use.', [{ value: figures.residentBytes }]),
    gauge('process_start_time_seconds', 'When the process began.', [
      { value: figures.startedAtSeconds },
    ]),
  ];
}

const HELP: Readonly<Record<string, string>> = {
  lag_records: 'How far the reading is from the end of the log, in offsets.',
  quarantined_records: 'Records that cannot be decoded.',
  due_shelves: 'Shelves for which a record is to be written and has not come back yet.',
};

function gauge(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name, kind: 'gauge', help, samples };
}

function counter(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name, kind: 'counter', help, samples };
}

function byLabel(label: string, counts: ReadonlyMap<string, number>): readonly Sample[] {
  return [...counts].map(([name, value]) => ({ labels: { [label]: name }, value }));
}
