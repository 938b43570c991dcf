import { describe, expect, it } from 'vitest';
import { alarmName } from '../../../../core/lib/alarm-name.ts';
import { startConsoleReport } from '../../../../main/report/console-report.ts';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';
import { createFakeAlarmPicture } from '../../../fakes/fake-alarm-picture.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';

function openReport() {
  const clock = createFakeClock();
  const picture = createFakeAlarmPicture([anAlarmRow()]);
  picture.setStatus({ phase: { phase: 'connecting', attempt: 1 } });
  const lines: unknown[] = [];
  const report = startConsoleReport({
    picture,
    clock,
    write: (line) => lines.push(JSON.parse(line)),
    formatTime: () => '12:00:00',
    onTable: () => lines.push('the window shows it'),
  });
  return { clock, picture, lines, painted: report.windowPainted };
}

describe('startConsoleReport', () => {
  it('tells each phase once, with the problem where there is one', () => {
    const { picture, lines } = openReport();
    const problem = { code: 'Unreachable', message: 'No broker.', remedy: '', isRetriable: true };
    picture.setStatus({ lag: 5 });
    picture.setStatus({ phase: { phase: 'connecting', attempt: 2, problem } });
    picture.setStatus({ phase: { phase: 'live' } });
    expect(lines).toEqual([
      { klaxon: 'phase', phase: 'connecting' },
      { klaxon: 'phase', phase: 'connecting', detail: 'No broker.' },
      { klaxon: 'phase', phase: 'live' },
    ]);
  });

  it('tells at once that the window has painted, and prints the table when rows have come to rest', () => {
    const { clock, picture, lines, painted } = openReport();
    painted();
    painted();
    expect(lines.slice(1)).toEqual([{ klaxon: 'painted' }]);
    clock.advanceBy(1_000);
    picture.put(anAlarmRow({ name: alarmName('channel2'), level: 'INVALID' }));
    clock.advanceBy(1_000);
    expect(lines).toHaveLength(2);
    clock.advanceBy(1_000);
    expect(lines.slice(2)).toMatchObject([
      { klaxon: 'table', text: expect.stringContaining('2 of 2 alarms are not normal.') },
      'the window shows it',
    ]);
  });

  it('does not wait for ever for a plant in a flood', () => {
    const { clock, picture, lines, painted } = openReport();
    painted();
    for (let second = 0; second < 10; second += 1) {
      picture.put(anAlarmRow());
      clock.advanceBy(1_000);
    }
    expect(lines.filter((line) => JSON.stringify(line).includes('table'))).toHaveLength(1);
  });
});
