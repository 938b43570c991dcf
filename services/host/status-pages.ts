import type { LogPhase } from '../../core/ports/alarm-log.ts';
import { SKEW_MS } from './clock-skew.ts';
import { METRICS_TYPE, metricsText } from './metrics-text.ts';
import type { ServiceApp, ServiceCondition } from './service-definition.ts';
import { type ProcessFigures, serviceMetrics } from './service-metrics.ts';
import type { StatusPage } from './status-server.ts';
import type { LogTraffic } from './watched-log.ts';

export interface StatusPagesOptions {
  readonly service: string;
  readonly app: ServiceApp;
  readonly traffic: LogTraffic;
  readonly figures: () => ProcessFigures;
}

/**
 * `/health`: the process answers, and what a person should know (200 always). `/ready`: 200 where it is at the head of the log and
 * live, else 503. `/metrics`: for Prometheus.
 */
export function statusPages(
  options: StatusPagesOptions,
): Readonly<Record<string, () => StatusPage>> {
  const { service, app, traffic, figures } = options;
  return {
    '/health': () => json(200, healthOf(service, app.condition(), figures().lostLogLines)),
    '/ready': () => {
      const { isReady, phase } = app.condition();
      return json(isReady ? 200 : 503, { service, isReady, phase: phase.phase });
    },
    '/metrics': () => ({
      code: 200,
      type: METRICS_TYPE,
      body: metricsText(serviceMetrics(service, app.condition(), traffic, figures())),
    }),
  };
}

function healthOf(service: string, condition: ServiceCondition, lostLogLines: number) {
  const { phase, isReady, clockOffsetMs, gauges } = condition;
  const problems = [
    ...problemsOfPhase(phase),
    ...problemsOfClock(clockOffsetMs),
    ...(lostLogLines === 0 ? [] : [LOG_LOST]),
  ];
  const status = problems.length === 0 ? 'ok' : 'degraded';
  return { service, status, isReady, phase: phase.phase, problems, ...gauges };
}

const LOG_LOST =
  'Nobody takes the lines of the log. Look at what reads the output of the service; it works on all the same.';

function problemsOfPhase(phase: LogPhase): readonly string[] {
  const problem = 'problem' in phase ? phase.problem : undefined;
  return problem === undefined ? [] : [`${problem.message} ${problem.remedy}`];
}

function problemsOfClock(offsetMs: number | undefined): readonly string[] {
  if (offsetMs === undefined || Math.abs(offsetMs) <= SKEW_MS) return [];
  const seconds = (Math.abs(offsetMs) / 1_000).toFixed(1);
  const way = offsetMs > 0 ? 'ahead of' : 'behind';
  return [`The broker’s clock is ${seconds} s ${way} this computer’s. Set both by a time server.`];
}

function json(code: number, content: Readonly<Record<string, unknown>>): StatusPage {
  return { code, type: 'application/json', body: `${JSON.stringify(content)}\n` };
}
