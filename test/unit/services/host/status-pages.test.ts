import { describe, expect, it } from 'vitest';
import { durationMs } from '../../../../core/lib/units.ts';
import { metricsText } from '../../../../services/host/metrics-text.ts';
import type { ServiceCondition } from '../../../../services/host/service-definition.ts';
import { statusPages } from '../../../../services/host/status-pages.ts';
import { startStatusServer } from '../../../../services/host/status-server.ts';

const LIVE: ServiceCondition = {
  phase: { phase: 'live' },
  isReady: true,
  clockOffsetMs: durationMs(20),
  gauges: { due_shelves: 3 },
};

function pagesOf(condition: ServiceCondition, lostLogLines = 0) {
  return statusPages({
    service: 'shelf',
    app: { start: () => undefined, stop: () => Promise.resolve(), condition: () => condition },
    traffic: {
      read: new Map([['shelved-alarms', 7]]),
      written: new Map([['shelved-alarms', 2]]),
      refused: new Map([['TimedOut', 1]]),
    },
    figures: () => ({
      cpuSeconds: 1.5,
      residentBytes: 1_000,
      startedAtSeconds: 1_700_000_000,
      lostLogLines,
    }),
  });
}

function asked(condition: ServiceCondition, path: string) {
  const page = pagesOf(condition)[path]?.();
  return { code: page?.code, body: page?.body ?? '' };
}

describe('what a service tells of itself', () => {
  it('is ready at the head of the log and live', () => {
    expect(asked(LIVE, '/ready').code).toBe(200);
    const replaying = {
      ...LIVE,
      isReady: false,
      phase: { phase: 'replaying', read: 1, total: 2 },
    } as const;
    expect(asked(replaying, '/ready')).toMatchObject({ code: 503 });
    expect(asked(replaying, '/health').code).toBe(200);
  });

  it('names a skew of the clocks over five seconds', () => {
    expect(JSON.parse(asked(LIVE, '/health').body)).toMatchObject({ status: 'ok', problems: [] });
    const skewed = { ...LIVE, clockOffsetMs: durationMs(-5_001) };
    expect(JSON.parse(asked(skewed, '/health').body)).toMatchObject({
      status: 'degraded',
      problems: ['The broker’s clock is 5.0 s behind this computer’s. Set both by a time server.'],
    });
  });

  it('says that nobody reads its log', () => {
    const page = pagesOf(LIVE, 2)['/health']?.();
    expect(page?.body).toContain('Nobody takes the lines of the log.');
  });

  it('names what is wrong with the log, and what to do', () => {
    const problem = {
      code: 'Unreachable',
      message: 'No.',
      remedy: 'Yes.',
      isRetriable: true,
    } as const;
    const stale = { ...LIVE, phase: { phase: 'connecting', attempt: 2, problem } } as const;
    expect(JSON.parse(asked(stale, '/health').body)).toMatchObject({ problems: ['No. Yes.'] });
  });

  it('gives its figures to Prometheus', () => {
    const { body } = asked(LIVE, '/metrics');
    for (const line of [
      'klaxon_info{service="shelf"} 1',
      'klaxon_ready 1',
      'klaxon_phase{phase="live"} 1',
      'klaxon_phase{phase="failed"} 0',
      'klaxon_records_read_total{topic="shelved-alarms"} 7',
      'klaxon_records_written_total{topic="shelved-alarms"} 2',
      'klaxon_writes_refused_total{code="TimedOut"} 1',
      'klaxon_due_shelves 3',
      'klaxon_clock_offset_seconds 0.02',
      'process_cpu_seconds_total 1.5',
    ]) {
      expect(body).toContain(`${line}\n`);
    }
    const names = [...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('escapes what stands in a label', () => {
    const samples = [{ labels: { topic: 'a"b\\c\nd' }, value: 1 }];
    expect(metricsText([{ name: 'x', kind: 'gauge', help: 'h', samples }])).toBe(
      '# HELP x h\n# TYPE x gauge\nx{topic="a\\"b\\\\c\\nd"} 1\n',
    );
  });
});

describe('the status server', () => {
  it('answers its pages alone, and only to be read', async () => {
    const started = await startStatusServer({ host: '127.0.0.1', port: 0 }, pagesOf(LIVE));
    if (!started.ok) throw new Error(started.error);
    const { port, close } = started.value;
    const ask = async (path: string, method = 'GET') => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
      return { code: response.status, length: (await response.text()).length };
    };
    expect(await ask('/ready?x=1')).toMatchObject({ code: 200 });
    expect(await ask('/ready', 'HEAD')).toEqual({ code: 200, length: 0 });
    expect(await ask('/constructor')).toMatchObject({ code: 404 });
    expect(await ask('/ready', 'POST')).toMatchObject({ code: 405 });
    const taken = await startStatusServer({ host: '127.0.0.1', port }, {});
    expect(taken).toEqual({
      ok: false,
      error: `The address 127.0.0.1:${port} for /health cannot be had: another program answers there, perhaps this service a second time.`,
    });
    await close();
  });

  it('are refused in plain words an address of nobody, named as a URL has it', async () => {
    // Both are kept for documents, so no computer has them; to listen sends nothing.
    const refused = await startStatusServer({ host: '192.0.2.1', port: 9_401 }, {});
    expect(refused).toEqual({
      ok: false,
      error:
        'The address 192.0.2.1:9401 for /health cannot be had: it is no address of this computer.',
    });
    const ofSix = await startStatusServer({ host: '2001:db8::1', port: 9_401 }, {});
    expect(!ofSix.ok && ofSix.error).toContain('The address [2001:db8::1]:9401 for /health cannot');
  });
});
