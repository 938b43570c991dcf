import type { AlarmFact } from '../../../core/alarm/events.ts';
import { isObject } from '../../../core/lib/is-object.ts';
import { failure, ok, type Result } from '../../../core/lib/result.ts';
import { epochMs } from '../../../core/lib/units.ts';
import { SHELVED_ALARMS } from '../../topics.ts';
import { isWireLong } from '../avro-long.ts';
import { fieldType, fitRecord, hasOnlyFields, notExpressible, unwrapped } from '../avro-values.ts';
import type { ValueDialect } from './value-dialect.ts';

/**
 * The values of `shelved-alarms`. In v1 `expiration` is a `long`, in v2 a union with null (until unshelved).
 * It is milliseconds since 1970 in both; moments that no date can hold are cut to the last that one can.
 */
export function shelvedAlarmsDialect(name: string, expiration: 'long' | 'union'): ValueDialect {
  return {
    name,
    topic: SHELVED_ALARMS,
    recognises: (schema) =>
      fieldType(schema, 'expiration')?.kind === expiration &&
      fieldType(schema, 'reason') !== undefined,
    read: (_slot, value) => readShelf(value),
    writer: {
      canWrite: (schema) => hasOnlyFields(schema, ['expiration', 'reason']),
      write: (fact, schema) => {
        if (fact.fact === 'unshelved') {
          return ok(null);
        }
        if (fact.fact !== 'shelved') {
          return failure(notExpressible(fact.fact, 'it belongs to another topic'));
        }
        const { expiresAt, reason } = fact.shelf;
        return expiresAt === null && expiration === 'long'
          ? failure(
              notExpressible(
                'A shelf without an end',
                'the registered generation has none; give it an end',
              ),
            )
          : fitRecord(schema, { expiration: expiresAt, reason });
      },
    },
  };
}

function readShelf(value: unknown): Result<AlarmFact, string> {
  if (!isObject(value)) {
    return failure('the value is no shelf');
  }
  const expiration = unwrapped(value['expiration']);
  const reason = unwrapped(value['reason']);
  if ((expiration !== null && !isWireLong(expiration)) || typeof reason !== 'string') {
    return failure('the shelf has no expiration or no reason');
  }
  const expiresAt = expiration === null ? null : epochMs(Number(expiration));
  return ok({ fact: 'shelved', shelf: Object.freeze({ expiresAt, reason }) });
}
