import {
  type AlarmWriter,
  askForEncoder,
  createAlarmWriter,
} from '../../adapters/alarm-writer/alarm-writer.ts';
import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { EncodeProblem, WireEncoder } from '../../schemas/codecs/wire.ts';
import type { CommandCall } from '../command/command.ts';
import { DONE, failed, misused, type Outcome } from '../command/outcome.ts';
import { withSite } from '../site/open-site.ts';
import type { Site } from '../site/site.ts';

/** A record as a command wants it. */
export interface RecordWish {
  readonly order: AlarmOrder;
  /** Write a tombstone on the key of the order, whatever the order says. */
  readonly isTombstone?: boolean;
}

/** The writer of this site's generation, with the audit headers of who typed. */
export function writerOf({ identity, clock }: CommandCall, { log, schemas }: Site): AlarmWriter {
  return createAlarmWriter({ log, schemas, identity: identity(), clock });
}

/** Writes one record in the site's generation, which may decide what it says, and waits until it is durable. */
export function writeRecord(
  call: CommandCall,
  wishOf: (encoder: WireEncoder) => RecordWish,
): Promise<Outcome> {
  return withSite(call, async (site) => {
    const encoder = await askForEncoder(site.schemas);
    if (!encoder.ok) return failed(encoder.error);
    const { order, isTombstone } = wishOf(encoder.value);
    const encoded = encoder.value.encode(order, call.identity(), call.clock.now());
    if (!encoded.ok) return notEncoded(encoded.error);
    const record = isTombstone === true ? { ...encoded.value, value: null } : encoded.value;
    const written = await site.log.append(record);
    return written.ok ? sayDelivered(call) : failed(written.error);
  });
}

/** Says that a record is in the log, in the words of the seeds' programs. */
export async function sayDelivered({ terminal }: CommandCall): Promise<Outcome> {
  await terminal.write('Message delivered\n');
  return DONE;
}

/** Why bytes could not be made of what was given. */
export function notEncoded(problem: EncodeProblem): Outcome {
  return problem.code === 'NoSchema' ? failed(problem) : misused(problem.message);
}
