import { epochMs } from '../../core/lib/units.ts';
import type { AlarmLog, LogPhase, LogProblem, LogRecord } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaStore } from '../../core/ports/schema-store.ts';
import {
  createJournalDecoder,
  type JournalDecoder,
} from '../../schemas/codecs/journal/journal-codec.ts';
import type { JournalEntry } from '../../schemas/codecs/journal/journal-entry.ts';
import { ALARM_JOURNAL } from '../../schemas/topics.ts';

export interface JournalFollowerOptions {
  readonly log: AlarmLog;
  readonly schemas: SchemaStore;
  readonly clock: Clock;
  /** How far before the end of each partition it begins. */
  readonly lastOffsets: number;
  readonly onEntry: (entry: JournalEntry) => void;
  /** Everything up to the end that the journal had at the beginning has been told. */
  readonly onHead: () => void;
  readonly onPhase: (phase: LogPhase) => void;
  /** There is no journal that could be read, until `onHead` says otherwise. */
  readonly onAbsent: (problem: LogProblem) => void;
}

const RETRY_MS = 1_000;

/** Reads the end of the journal and what is written from now on; what cannot be decoded is passed over. */
export function followJournal(options: JournalFollowerOptions): { close(): Promise<void> } {
  const decoder = createJournalDecoder();
  const waiting: (readonly LogRecord[] | 'head')[] = [];
  let isBusy = false;
  let isClosed = false;

  const take = async (record: LogRecord): Promise<void> => {
    while (!isClosed) {
      const outcome = decoder.decode(record);
      if (outcome.outcome === 'entry') options.onEntry(outcome.entry);
      if (outcome.outcome !== 'schemaNeeded') return;
      const isLearned = await learn(decoder, options.schemas, outcome.schemaId);
      if (!isLearned) await pause(options.clock);
    }
  };
  const drain = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    for (let step = waiting.shift(); step !== undefined && !isClosed; step = waiting.shift()) {
      if (step === 'head') options.onHead();
      else for (const record of step) await take(record);
    }
    isBusy = false;
  };
  const enqueue = (step: readonly LogRecord[] | 'head'): void => {
    if (isClosed) return;
    waiting.push(step);
    void drain();
  };
  const reading = options.log.read(
    [ALARM_JOURNAL],
    {
      onRecords: (records) => enqueue(records),
      onHead: () => enqueue('head'),
      onPhase: (phase) => {
        if (isClosed) return;
        options.onPhase(phase);
        if ('problem' in phase && phase.problem !== undefined && isOfTopic(phase.problem)) {
          options.onAbsent(phase.problem);
        }
      },
      // Nothing is folded from the journal, so there is nothing to forget or to look over again.
      onReset: () => undefined,
      onSweep: () => undefined,
      onDamage: () => undefined,
    },
    { lastOffsets: options.lastOffsets },
  );
  return {
    close: () => {
      isClosed = true;
      return reading.close();
    },
  };
}

/** False where a schema could not be had: then it is asked for again. */
async function learn(decoder: JournalDecoder, schemas: SchemaStore, id: number): Promise<boolean> {
  const answer = await schemas.schemaById(id);
  if (answer.ok) decoder.learnSchema(id, answer.value);
  else if (answer.error.code === 'NotFound') decoder.rejectSchema(id, answer.error.message);
  return answer.ok || answer.error.code === 'NotFound';
}

function isOfTopic({ code }: LogProblem): boolean {
  return code === 'TopicMissing' || code === 'NotAuthorized';
}

function pause(clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    clock.callAt(epochMs(clock.now() + RETRY_MS), resolve);
  });
}
