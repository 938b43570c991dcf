import { describe, expect, test } from 'vitest';
import { PartitionTable } from '../../../../../adapters/kafka/reading/partition-table.ts';
import { PhaseReport } from '../../../../../adapters/kafka/reading/phase-report.ts';
import { brokenAnswer } from '../../../../../adapters/kafka/reading/reading-problems.ts';
import { ReadingTrouble } from '../../../../../adapters/kafka/reading/reading-trouble.ts';
import { durationMs } from '../../../../../core/lib/units.ts';
import { createFakeClock } from '../../../../fakes/fake-clock.ts';
import { createFakeCluster } from '../../../../fakes/fake-cluster.ts';
import { createRecordingListener } from '../../../../fakes/recording-listener.ts';

const TOPIC = 'active-alarms';

describe('PhaseReport', () => {
  test('a phase is told once, and again when it has changed', async () => {
    const { report, heard, state } = await aReport();
    report.update();
    report.update();
    expect(report.isDeaf).toBe(true);
    state.lastAnswerAtMs = performance.now();
    state.isSettled = true;
    report.update();
    expect(report.isDeaf).toBe(false);
    expect(heard.phases.map(({ phase }) => phase)).toEqual(['connecting', 'live']);
  });

  test('another moment since which it is stale is no news', async () => {
    const { report, heard, state, clock } = await aReport();
    state.lastAnswerAtMs = performance.now() - 10_000;
    report.update();
    clock.advanceBy(500);
    report.update();
    expect(heard.phases).toEqual([expect.objectContaining({ phase: 'stale' })]);
    expect(report.isDeaf).toBe(true);
  });

  test('trouble is told with the phase', async () => {
    const { report, heard, trouble } = await aReport();
    const problem = brokenAnswer('kafka:9092');
    trouble.seeEnd(problem);
    report.update();
    expect(heard.phases).toEqual([{ phase: 'connecting', attempt: 1, problem }]);
  });

  test('a reading that is closed tells no more', async () => {
    const { report, heard, host } = await aReport();
    host.isOver = true;
    report.update();
    expect(heard.phases).toEqual([]);
  });
});

async function aReport() {
  const cluster = createFakeCluster(() => ({ errorCode: 0 }));
  cluster.lead(TOPIC, [1]);
  const table = new PartitionTable([TOPIC]);
  const { byLeader } = await table.plan(cluster);
  await cluster.close();
  const state = byLeader.get(1)?.[0];
  if (state === undefined) throw new Error('broker 1 leads the one partition');
  const heard = createRecordingListener();
  const host = { listener: heard, isOver: false, isClosed: () => host.isOver };
  const clock = createFakeClock();
  const trouble = new ReadingTrouble();
  const staleAfterMs = durationMs(4_000);
  const report = new PhaseReport(host, { table, trouble, clock, staleAfterMs });
  return { report, heard, host, trouble, clock, state };
}
