import { describe, expect, it } from 'vitest';
import { randomName } from '../support/random-name.ts';
import type { MakeLog } from './alarm-log-ground.ts';
import { keysOf, must, onLog } from './alarm-log-ground.ts';

/** Making topics and looking at them. */
export function describeTopicCare(makeLog: MakeLog): void {
  describe('topics', () => {
    it('describes what exists and what does not, in the order asked', ({ skip }) =>
      onLog(makeLog, skip, async ({ makeTopic, log }) => {
        const topic = await makeTopic({ 'cleanup.policy': 'compact', 'segment.ms': '86400000' });
        const states = must(await log.describeTopics(['no-such-topic-5d1f', topic]));
        expect(states).toMatchObject([
          { topic: 'no-such-topic-5d1f', exists: false, partitions: 0 },
          {
            topic,
            exists: true,
            partitions: 1,
            settings: { 'cleanup.policy': 'compact', 'segment.ms': '86400000' },
          },
        ]);
      }));

    it('creates what is missing and leaves what exists as it is', ({ skip }) =>
      onLog(makeLog, skip, async ({ makeTopic, log, put, readToLive }) => {
        const old = await makeTopic();
        const fresh = randomName('contract-fresh');
        await put(old, 'kept');
        const specs = [old, fresh].map((topic) => ({
          topic,
          partitions: 1,
          settings: { 'cleanup.policy': 'delete' },
        }));
        must(await log.createTopics(specs));
        must(await log.createTopics(specs));
        expect(must(await log.describeTopics([old, fresh]))).toMatchObject([
          { exists: true, settings: { 'cleanup.policy': 'compact' } },
          { exists: true, settings: { 'cleanup.policy': 'delete' } },
        ]);
        expect(keysOf((await readToLive([old, fresh])).records)).toEqual(['kept']);
      }));
  });
}
