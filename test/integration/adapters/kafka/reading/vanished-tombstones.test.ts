import { describe, expect } from 'vitest';
import { durationMs } from '../../../../../core/lib/units.ts';
import { isIn, type RecordingListener } from '../../../../fakes/recording-listener.ts';
import { createFetchGate } from '../../../../support/fetch-gate.ts';
import {
  eventually,
  foldOf,
  produce,
  reading,
  readToLive,
} from '../../../../support/kafka-reading.ts';
import { brokerTest } from '../../../../support/shared-broker.ts';
import { createTemporaryTopics } from '../../../../support/temporary-topics.ts';

/** As the first alarm systems of this kind set them: a tombstone may be gone within a second. */
const SEED_SETTINGS = {
  'cleanup.policy': 'compact',
  'delete.retention.ms': '100',
  'segment.ms': '100',
  'min.cleanable.dirty.ratio': '0.001',
};
const RETENTION = { retentionsOf: keptFor(100) };

describe('a tombstone that vanishes before it is read', () => {
  brokerTest(
    'during the replay: the sweep before the head takes its key away',
    async ({ broker }) => {
      const { bootstrap } = broker;
      const topics = await createTemporaryTopics(bootstrap, ['replay'], {
        settings: SEED_SETTINGS,
      });
      const topic = topics.nameOf('replay');
      await produce(bootstrap, topic, [{ key: 'dead', value: 'shelved' }], ...bulk());
      const gate = createFetchGate(1);
      await reading(
        bootstrap,
        [topic],
        async (heard) => {
          await gate.reached;
          await heard.until(({ records }) => records.length > 0);
          expect(String(heard.records[0]?.key)).toBe('dead');
          await vanish(bootstrap, topic, 'dead');
          gate.open();
          await heard.until(isIn('live'));
          expect(tombstonesOf(heard, 'dead')).toBe(0);
          expect(sweptOf(heard)).toContain('dead');
          expect(heard.calls.indexOf('onSweep')).toBeLessThan(heard.calls.indexOf('onHead'));
          await expectSameAsFresh(bootstrap, topic, heard);
        },
        { wrap: gate.wrap, largestFetchBytes: 100_000, ...RETENTION },
      );
      await topics.remove();
    },
  );

  brokerTest(
    'while the reading was cut off: the sweep after it takes its key away',
    async ({ broker }) => {
      const { bootstrap } = broker;
      const topics = await createTemporaryTopics(bootstrap, ['cut'], { settings: SEED_SETTINGS });
      const topic = topics.nameOf('cut');
      await produce(bootstrap, topic, [
        { key: 'dead', value: 'shelved' },
        { key: 'alive', value: 'shelved' },
      ]);
      const gate = createFetchGate(4);
      await reading(
        bootstrap,
        [topic],
        async (heard) => {
          await heard.until(({ records }) => records.length === 2);
          await gate.reached;
          await vanish(bootstrap, topic, 'dead');
          const before = heard.sweeps.length;
          gate.open();
          await heard.until(({ sweeps }) => sweeps.length > before);
          expect(tombstonesOf(heard, 'dead')).toBe(0);
          expect(sweptOf(heard)).toEqual(['dead']);
          await expectSameAsFresh(bootstrap, topic, heard);
        },
        { wrap: gate.wrap, ...RETENTION },
      );
      await topics.remove();
    },
  );

  brokerTest('no sweep where tombstones outlive the replay', async ({ broker }) => {
    const { bootstrap } = broker;
    const topics = await createTemporaryTopics(bootstrap, ['calm'], { settings: SEED_SETTINGS });
    const topic = topics.nameOf('calm');
    await produce(bootstrap, topic, [{ key: 'k', value: 'v' }]);
    await reading(
      bootstrap,
      [topic],
      async (heard) => {
        await heard.until(isIn('live'));
        expect(heard.sweeps).toEqual([]);
        expect(heard.records).toHaveLength(1);
      },
      { retentionsOf: keptFor(86_400_000) },
    );
    await topics.remove();
  });
});

/** More than one fetch brings: each key once, so that compaction leaves them. */
function bulk(): readonly { key: string; value: string }[][] {
  return Array.from({ length: 4 }, (_, request) =>
    Array.from({ length: 50 }, (_, at) => ({
      key: `bulk-${request}-${at}`,
      value: 'x'.repeat(1_000),
    })),
  );
}

/** Deletes the key, and waits until neither its record nor the tombstone is left in the log. */
async function vanish(bootstrap: string, topic: string, key: string): Promise<void> {
  await produce(bootstrap, topic, [{ key, value: null }]);
  await eventually(async () => {
    await produce(bootstrap, topic, [{ key: 'roller', value: 'on' }]);
    const { records } = await readToLive(bootstrap, [topic]);
    return records.every((record) => String(record.key) !== key);
  });
}

function tombstonesOf(heard: RecordingListener, key: string): number {
  return heard.records.filter((record) => String(record.key) === key && record.value === null)
    .length;
}

/** The keys whose newest record that was heard does not survive a sweep that covers it. */
function sweptOf(heard: RecordingListener): readonly string[] {
  const newest = new Map(heard.records.map((record) => [String(record.key), record.offset]));
  return [...newest].flatMap(([key, offset]) =>
    heard.sweeps.some((sweep) => offset < sweep.below && !sweep.survives(offset)) ? [key] : [],
  );
}

async function expectSameAsFresh(
  bootstrap: string,
  topic: string,
  heard: RecordingListener,
): Promise<void> {
  const swept = new Set(sweptOf(heard));
  const held = [...foldOf(heard.records)].filter(([key]) => !swept.has(key) && key !== 'roller');
  const fresh = [...foldOf((await readToLive(bootstrap, [topic])).records)];
  expect(new Map(held)).toEqual(new Map(fresh.filter(([key]) => key !== 'roller')));
}

function keptFor(ms: number) {
  return async (topics: readonly string[]) =>
    new Map(topics.map((topic) => [topic, durationMs(ms)]));
}
