import { startAlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import { createKafkaAlarmLog } from '../../adapters/kafka/kafka-alarm-log.ts';
import { createRegistrySchemaStore } from '../../adapters/schema-registry/registry-schema-store.ts';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import type { AlarmState } from '../../core/alarm/alarm-state.ts';
import { createWireDecoder } from '../../schemas/codecs/wire-decoder.ts';
import { ACTIVE_ALARMS, ALARM_TOPICS } from '../../schemas/topics.ts';
import { digestOf, type LiveKey } from '../support/answer-digest.ts';

/** Our side of the cold start: the product's own reader, from process start to the folded state at the head. */
const [bootstrap = '', registry = ''] = process.argv.slice(2);
const clock = createSystemClock();
const log = createKafkaAlarmLog({
  bootstrapServers: bootstrap,
  clientId: 'klaxon-bench',
  clock,
});
const reader = startAlarmReader({
  log,
  schemas: createRegistrySchemaStore({ url: registry }),
  decoder: createWireDecoder(),
  clock,
  topics: ALARM_TOPICS,
  onChange: () => undefined,
  onHead: () => void answer(),
});

async function answer(): Promise<void> {
  process.stdout.write('head\n');
  const { user, system } = process.cpuUsage();
  const peakMiB = process.resourceUsage().maxRSS / 1_024;
  const result = {
    records: reader.nextOffset(ACTIVE_ALARMS, 0),
    ...digestOf(liveKeys(reader.book.states())),
    cpuMs: (user + system) / 1_000,
    peakMiB,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  await reader.close();
  await log.close();
}

function* liveKeys(states: Iterable<AlarmState>): Generator<LiveKey> {
  for (const { name, simple, epics, simpleAck, epicsAck } of states) {
    if (simple?.says.isActive === true) yield [name, 'Alarming', 'true'];
    if (epics !== null && epics.says.severity !== 'NO_ALARM') {
      yield [name, 'AlarmingEPICS', `${epics.says.severity} ${epics.says.status}`];
    }
    if (simpleAck !== null && simpleAck.says.level !== 'NO_ACK') yield [name, 'Ack', 'true'];
    if (epicsAck !== null && epicsAck.says.level !== 'NO_ACK')
      yield [name, 'AckEPICS', epicsAck.says.level];
  }
}
