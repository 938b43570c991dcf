import { assertNever } from '../../core/lib/invariant.ts';
import { ok } from '../../core/lib/result.ts';
import type { AlarmLog, LogAppend } from '../../core/ports/alarm-log.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import type { ClientRequest } from './client-messages.ts';

/** What a console offers. */
export interface OfferedParts {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
}

/** A request as it is done; that of an append with its record. */
export type Deed = Exclude<ClientRequest, { say: 'append' }> | AppendDeed;

interface AppendDeed {
  readonly say: 'append';
  readonly request: number;
  readonly record: LogAppend;
}

/** Does what was asked, at once: requests reach the log in the order in which they came. */
export async function answerTo(deed: Deed, { log, schemas }: OfferedParts): Promise<unknown> {
  switch (deed.say) {
    case 'append':
      return log.append(deed.record);
    case 'describeTopics':
      return log.describeTopics(deed.topics);
    case 'createTopics': {
      const created = await log.createTopics(deed.specs);
      return created.ok ? ok(null) : created;
    }
    case 'schemaById':
      return schemas.schemaById(deed.id);
    case 'versionsOf':
      return schemas.versionsOf(deed.subject);
    case 'register':
      return schemas.register(deed.subject, deed.schema);
    default:
      return assertNever(deed);
  }
}
