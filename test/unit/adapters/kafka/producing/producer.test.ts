import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Cluster } from '../../../../../adapters/kafka/connection/cluster.ts';
import { problemOfErrorCode } from '../../../../../adapters/kafka/connection/error-code.ts';
import {
  connectionClosed,
  noCommonVersion,
  timedOut,
} from '../../../../../adapters/kafka/connection/log-problem.ts';
import { createProducer } from '../../../../../adapters/kafka/producing/producer.ts';
import { ByteWriter } from '../../../../../adapters/kafka/protocol/byte-writer.ts';
import { PRODUCE } from '../../../../../adapters/kafka/protocol/produce.ts';
import { failure, ok } from '../../../../../core/lib/result.ts';
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

/** A broker too old to give names, which answers one append after the other with these error codes. */
function aClusterAnswering(errorCodes: readonly number[], leaders: Cluster['leaders']) {
  const left = [...errorCodes];
  const cluster: Cluster = {
    ...aSilentCluster(),
    leaders,
    refresh: async () => ok(undefined),
    anyNode: async () => ok(1),
    negotiate: async (_, { apiKey, apiName, max }) =>
      apiKey === PRODUCE.apiKey ? ok(max) : failure(noCommonVersion(ADDRESS, apiName)),
    send: async () => ok(produceAnswer(left.shift() ?? 0)),
  };
  return { cluster, left };
}

function produceAnswer(errorCode: number): Buffer {
  const writer = new ByteWriter();
  writer.array(['topic'], (topic) => {
    writer.string(topic).array([0], (partition) => {
      writer.int32(partition).int16(errorCode).int64(OFFSET).int64(-1).int64(0);
    });
  });
  return Buffer.from(writer.finish());
}

const OFFSET = 7;
const ledByOne: Cluster['leaders'] = async () => ok([{ partition: 0, nodeId: 1, replicas: 3 }]);

describe('an append that a broker refuses while the lead moves', () => {
  it('is not repeated without a name where the follower may have it, nor said to have had no effect', async () => {
    const { cluster, left } = aClusterAnswering([6, 0], ledByOne);
    const answer = await createProducer(cluster, APPEND_MS).append(aLogAppend('topic'));
    expect(answer).toMatchObject({ ok: false, error: { code: 'TimedOut' } });
    expect(left).toEqual([0]);
  });

  it('goes again to a leader that has not heard of its new topic yet', async () => {
    const { cluster } = aClusterAnswering([3, 3, 0], ledByOne);
    const answer = await createProducer(cluster, APPEND_MS).append(aLogAppend('topic'));
    expect(answer).toEqual(ok({ topic: 'topic', partition: 0, offset: OFFSET }));
  });

  it('is not written after it was answered as not written', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const { cluster } = aClusterAnswering([], ledByOne);
    const send = vi.fn(cluster.send);
    const noName = failure(problemOfErrorCode(15, { doing: 'the name', address: ADDRESS }));
    const inTime = vi.fn(async () => noName);
    const tooLate = (): ReturnType<Cluster['anyNode']> =>
      new Promise((resolve) => {
        setTimeout(() => resolve(ok(1)), APPEND_MS);
      });
    const anyNode = () => (inTime.mock.calls.length === 0 ? inTime() : tooLate());
    const producer = createProducer({ ...cluster, send, anyNode }, APPEND_MS);
    const early = producer.append(aLogAppend('topic'));
    await vi.advanceTimersByTimeAsync(APPEND_MS);
    expect(await early).toEqual(noName);
    await vi.advanceTimersByTimeAsync(APPEND_MS);
    expect(send).not.toHaveBeenCalled();
  });

  it('asks again who leads a topic of which the first broker has not heard, and not for ever', async () => {
    const missing = failure(problemOfErrorCode(3, { doing: 'it', address: ADDRESS }));
    const told = [missing, missing, await ledByOne('topic')];
    const late = aClusterAnswering([0], async () => told.shift() ?? ledByOne('topic'));
    const young = await createProducer(late.cluster, APPEND_MS).append(aLogAppend('topic'));
    expect(young).toMatchObject({ ok: true });
    const never = aClusterAnswering([0], async () => missing);
    const answer = await createProducer(never.cluster, APPEND_MS).append(aLogAppend('topic'));
    expect(answer).toMatchObject({ ok: false, error: { code: 'TopicMissing' } });
  });
});

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
