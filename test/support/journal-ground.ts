import { startAlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import { identityOf, type Transition } from '../../core/journal/transition.ts';
import { transitionsOf } from '../../core/journal/transitions-of.ts';
import type { AlarmLog, LogRecord } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import { createJournalDecoder } from '../../schemas/codecs/journal/journal-codec.ts';
import { createWireDecoder } from '../../schemas/codecs/wire-decoder.ts';
import { JOURNAL_SPEC } from '../../schemas/topic-specs.ts';
import { ALARM_JOURNAL, ALARM_OCCURRENCES, ALARM_TOPICS } from '../../schemas/topics.ts';

/** The journal of a log as a test looks at it. */
export interface ReadJournal {
  /** In the order of each partition, repeats among them. */
  readonly transitions: readonly Transition[];
  readonly identities: ReadonlySet<string>;
}

/** Makes the topic of the journal. */
export async function createJournalTopic(log: AlarmLog): Promise<void> {
  const created = await log.createTopics([JOURNAL_SPEC]);
  if (!created.ok) throw new Error(created.error.message);
}

/** Reads the whole journal, and on until it satisfies the condition. */
export async function readJournal(
  { log, schemas }: { readonly log: AlarmLog; readonly schemas: SchemaStore },
  isEnough: (journal: ReadJournal) => boolean,
): Promise<ReadJournal> {
  const decoder = createJournalDecoder();
  const versions = await schemas.versionsOf(`${ALARM_JOURNAL}-value`);
  for (const { id, schema } of versions.ok ? versions.value : []) decoder.learnSchema(id, schema);
  const transitions: Transition[] = [];
  const identities = new Set<string>();
  let isAtHead = false;
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isAtHead || !isEnough({ transitions, identities })) return;
      void reading.close().then(() => resolve({ transitions, identities }));
    };
    const take = (record: LogRecord): void => {
      const outcome = decoder.decode(record);
      if (outcome.outcome !== 'entry') throw new Error(JSON.stringify(outcome));
      transitions.push(outcome.entry.transition);
      identities.add(identityOf(outcome.entry.transition));
    };
    const reading = log.read([ALARM_JOURNAL], {
      onRecords: (records) => {
        for (const record of records) take(record);
        look();
      },
      onHead: () => {
        isAtHead = true;
        look();
      },
      onPhase: () => undefined,
      onReset: () => undefined,
      onSweep: () => undefined,
    });
  });
}

/** The identities of everything that the records of a log did, folded from its start without any snapshot. */
export async function identitiesOf(ground: {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  readonly clock: Clock;
}): Promise<ReadonlySet<string>> {
  const identities = new Set<string>();
  await new Promise<void>((resolve) => {
    const reader = startAlarmReader({
      ...ground,
      decoder: createWireDecoder(),
      topics: ALARM_TOPICS.filter((topic) => topic !== ALARM_OCCURRENCES),
      onChange: () => undefined,
      onHead: () => void reader.close().then(resolve),
      watcher: {
        onEvolved: (before, after, event) => {
          for (const one of transitionsOf(before, after, event)) identities.add(identityOf(one));
        },
        onSwept: () => undefined,
      },
    });
  });
  return identities;
}
