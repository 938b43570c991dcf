import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Cluster } from '../../../../../adapters/kafka/connection/cluster.ts';
import {
  connectionClosed,
  timedOut,
} from '../../../../../adapters/kafka/connection/log-problem.ts';
import { createProducer } from '../../../../../adapters/kafka/producing/producer.ts';
import { failure } from '../../../../../core/lib/result.ts';
import { aLogAppend } from '../../../../builders/a-log-append.ts';

const ADDRESS = 'broker:9092';
const APPEND_MS = 1_000;

afterEach(() => {
  vi.useRealTimers();
});

/** A site whose brokers say nothing, however long they are asked. */
function aSilentCluster(): Cluster {
  const never = (): Promise<never> => new Promise(() => undefined);
  const closed = async () => failure(connectionClosed(ADDRESS));
  return {
    address: ADDRESS,
    connect: never,
    leaders: never,
    refresh: never,
    negotiate: never,
    send: never,
    listOffset: closed,
    anyNode: never,
    controller: never,
    close: async () => undefined,
  };
}

/** Appends so many, one each so many milliseconds; answers when each was answered. */
function appendPaced(count: number, everyMs: number) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const producer = createProducer(aSilentCluster(), APPEND_MS);
  const startedAt = performance.now();
  const answeredAfterMs: number[] = [];
  const answers = Array.from({ length: count }, (_, index) => {
    if (index > 0) vi.advanceTimersByTime(everyMs);
    return producer.append(aLogAppend('topic')).then((answer) => {
      answeredAfterMs.push(performance.now() - startedAt);
      return answer;
    });
  });
  return { producer, answers, answeredAfterMs };
}

describe('the deadline of an append', () => {
  it('is kept for each of those that a silent broker leaves waiting', async () => {
    const { answers, answeredAfterMs } = appendPaced(3, 400);
    for (const _ of answers) await vi.advanceTimersByTimeAsync(400);
    const late = failure(timedOut('appending to topic', ADDRESS, APPEND_MS));
    expect(await Promise.all(answers)).toEqual([late, late, late]);
    expect(answeredAfterMs).toEqual([1_000, 1_400, 1_800]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes one timer, however many wait', () => {
    appendPaced(1_000, 0);
    expect(vi.getTimerCount()).toBe(1);
  });

  it('is cut short where the producer is closed', async () => {
    const { producer, answers } = appendPaced(2, 0);
    const closed = producer.close();
    await vi.advanceTimersByTimeAsync(1_500);
    await closed;
    expect((await Promise.all(answers)).map(({ ok }) => ok)).toEqual([false, false]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
