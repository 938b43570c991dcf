import { setTimeout as after } from 'node:timers/promises';
import { epochMs } from '../../core/lib/units.ts';
import { ACTIVE_ALARMS } from '../../schemas/topics.ts';
import { registeredEncoder } from '../support/fill-topics.ts';
import { orderOf, type PacedRun, recordsOf, writtenAt } from '../support/paced-records.ts';
import { benchKafka, messageOf } from '../support/window-topics.ts';

/** A producer of its own, paced by the clock: `produce-paced BROKER REGISTRY KIND ALARMS PER_SECOND SECONDS`. */
const [bootstrap = '', registry = '', kind = '', alarms, perSecond, seconds] =
  process.argv.slice(2);
const run: PacedRun = {
  kind: kind === 'paint' ? 'paint' : 'flood',
  alarms: Number(alarms),
  perSecond: Number(perSecond),
  seconds: Number(seconds),
};
/** Records are gathered so long, as clients do by default (librdkafka, and the Java client since 4.0). */
const LINGER_MS = 5;
/** After a pause of the machine much is due at once: more than the broker takes in one batch. */
const BATCH_AT_MOST = 2_000;

process.on('unhandledRejection', (thrown) => {
  process.stderr.write(`the producer failed: ${String(thrown)}\n`);
  process.exit(1);
});
await produce();

async function produce(): Promise<void> {
  const encoder = await registeredEncoder(registry);
  const producer = benchKafka(bootstrap).producer();
  await producer.connect();
  const acknowledgedAt: number[] = [];
  const roundTripsMs: number[] = [];
  const records = recordsOf(run);
  const total = run.perSecond * run.seconds;
  const startedAt = Date.now();
  let sent = 0;
  while (sent < total) {
    const elapsedMs = Date.now() - startedAt;
    const due = Math.min(total, Math.floor((elapsedMs * run.perSecond) / 1_000) + 1);
    // One after the other: a batch that is tried again must not come after the next.
    if (due > sent) await sendUpTo(Math.min(due, sent + BATCH_AT_MOST));
    if (due < sent + BATCH_AT_MOST) await after(LINGER_MS);
  }
  process.stdout.write(`${JSON.stringify({ startedAt, acknowledgedAt, roundTripsMs })}\n`);
  await producer.disconnect();

  function sendUpTo(due: number): Promise<void> {
    const from = sent;
    const messages = [];
    for (; sent < due; sent += 1) {
      const { value } = records.next();
      const at = epochMs(writtenAt(startedAt, sent, run.perSecond));
      if (value !== undefined) messages.push(messageOf(encoder, orderOf(value), at));
    }
    const sentAt = Date.now();
    return producer.send({ topic: ACTIVE_ALARMS, messages, acks: -1 }).then(() => {
      const now = Date.now();
      roundTripsMs.push(now - sentAt);
      for (let at = from; at < from + messages.length; at += 1) acknowledgedAt[at] = now;
    });
  }
}
