import { expect, it, vi } from 'vitest';
import { startAlarmReader } from '../../../../adapters/alarm-reader/alarm-reader.ts';
import { createEmbeddedSchemaStore } from '../../../../adapters/embedded/embedded-schema-store.ts';
import { openMemoryLog } from '../../../../adapters/embedded/memory-log.ts';
import { createSystemClock } from '../../../../adapters/system/system-clock.ts';
import { startEmbeddedServices } from '../../../../main/session/embedded-services.ts';
import { OWN_SCHEMAS } from '../../../../schemas/avro/subjects.ts';
import { createWireDecoder } from '../../../../schemas/codecs/wire-decoder.ts';
import { TOPIC_SPECS } from '../../../../schemas/topic-specs.ts';
import { ALARM_TOPICS } from '../../../../schemas/topics.ts';
import { createRecordingLogger } from '../../../fakes/recording-logger.ts';

it('lets the plant write and the keeper keep, once the log has been read', async () => {
  const clock = createSystemClock();
  const log = await openMemoryLog({ clock });
  await log.createTopics(TOPIC_SPECS);
  const schemas = createEmbeddedSchemaStore();
  for (const { subject, schema } of OWN_SCHEMAS) await schemas.register(subject, schema);
  const heads: (() => void)[] = [];
  const reader = startAlarmReader({
    log,
    schemas,
    decoder: createWireDecoder(),
    clock,
    topics: ALARM_TOPICS,
    onChange: () => {},
    onHead: () => {
      for (const head of heads) head();
    },
  });
  const services = startEmbeddedServices({
    opened: { log, schemas, notices: [], close: () => log.close() },
    clock,
    identity: { user: 'alice', producer: 'klaxon-console', host: 'console1' },
    logger: createRecordingLogger(),
    plantSeed: 1,
    whenRead(callback) {
      heads.push(() => callback(reader));
      return () => heads.splice(0);
    },
  });
  await vi.waitFor(
    () => {
      const states = [...reader.book.states()];
      expect(states.filter(({ registration }) => registration !== null).length).toBeGreaterThan(
        200,
      );
      expect(states.some(({ occurrence }) => occurrence !== null)).toBe(true);
      expect(states.some(({ snapshot }) => snapshot !== null)).toBe(true);
    },
    { timeout: 4_500 },
  );
  await services.close();
  await reader.close();
  await log.close();
});
