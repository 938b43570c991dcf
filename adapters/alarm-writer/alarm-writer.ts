import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { Identity } from '../../core/audit/audit.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { AlarmLog, LogProblem, RecordPosition } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type {
  RegisteredSchema,
  SchemaProblem,
  SchemaStore,
} from '../../core/ports/schema-store.ts';
import { WIRE_SUBJECTS } from '../../schemas/avro/subjects.ts';
import type { EncodeProblem, WireEncoder } from '../../schemas/codecs/wire.ts';
import { createWireEncoder } from '../../schemas/codecs/wire-encoder.ts';

/** Why an order was not written: the site's schemas cannot hold it, the registry cannot be asked, or the log did not take it. */
export type WriteProblem =
  | { readonly cause: 'encoding'; readonly problem: EncodeProblem }
  | { readonly cause: 'schemas'; readonly problem: SchemaProblem }
  | { readonly cause: 'log'; readonly problem: LogProblem };

/** Turns orders into records of the site's own generation of the wire, with the audit headers of one identity (decision 12). */
export interface AlarmWriter {
  /** Answers where the record stands, once it is durable. */
  write(order: AlarmOrder): Promise<Result<RecordPosition, WriteProblem>>;
  /** The encoder in use: the site's symbols for locations and categories. */
  encoder(): Promise<Result<WireEncoder, SchemaProblem>>;
}

export interface AlarmWriterOptions {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  readonly identity: Identity;
  readonly clock: Clock;
}

/**
 * Asks the registry at the first order, and again where an order does not fit what was registered then: a site may add
 * symbols and subjects while we run.
 */
export function createAlarmWriter({
  log,
  schemas,
  identity,
  clock,
}: AlarmWriterOptions): AlarmWriter {
  let known: Promise<Result<WireEncoder, SchemaProblem>> | null = null;
  /** What `known` has answered: with it an order is encoded without waiting, a hundred thousand at once. */
  let current: WireEncoder | null = null;

  const encoder = async (): Promise<Result<WireEncoder, SchemaProblem>> => {
    known ??= askForEncoder(schemas);
    const answer = await known;
    if (answer.ok) current = answer.value;
    else known = null;
    return answer;
  };

  const encode = async (order: AlarmOrder): Promise<Result<Encoded, WriteProblem>> => {
    const answer = await encoder();
    if (!answer.ok) return failure({ cause: 'schemas', problem: answer.error });
    const encoded = answer.value.encode(order, identity, clock.now());
    return encoded.ok ? encoded : failure({ cause: 'encoding', problem: encoded.error });
  };

  const writeAfterAsking = async (order: AlarmOrder): Promise<Written> => {
    let encoded = await encode(order);
    if (!encoded.ok && encoded.error.cause === 'encoding') {
      known = null;
      encoded = await encode(order);
    }
    return encoded.ok ? asWritten(await log.append(encoded.value)) : encoded;
  };

  return {
    encoder,
    write(order) {
      const encoded = current?.encode(order, identity, clock.now());
      if (encoded?.ok !== true) return writeAfterAsking(order);
      return log.append(encoded.value).then(asWritten);
    },
  };
}

type Encoded = Parameters<AlarmLog['append']>[0];
type Written = Result<RecordPosition, WriteProblem>;

function asWritten(appended: Result<RecordPosition, LogProblem>): Written {
  return appended.ok ? appended : failure({ cause: 'log', problem: appended.error });
}

/** The encoder of what the registry has now: the generation in which a site is written to. */
export async function askForEncoder(
  schemas: SchemaStore,
): Promise<Result<WireEncoder, SchemaProblem>> {
  const answers = await Promise.all(
    WIRE_SUBJECTS.map(async (subject) => ({
      subject,
      versions: await schemas.versionsOf(subject),
    })),
  );
  const registered: Record<string, readonly RegisteredSchema[]> = {};
  for (const { subject, versions } of answers) {
    if (!versions.ok) return versions;
    registered[subject] = versions.value;
  }
  return ok(createWireEncoder(registered));
}
