import { type AlarmReader, startAlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import { checkTopics } from '../../adapters/check-up/topics-check.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { createWireDecoder } from '../../schemas/codecs/wire-decoder.ts';
import { TOPIC_SPECS } from '../../schemas/topic-specs.ts';
import type { CommandCall } from '../command/command.ts';
import type { Complaint } from '../command/outcome.ts';
import type { Site } from '../site/site.ts';

/** The folded state of every alarm, up to the head, and on. */
export interface OpenAlarms {
  readonly reader: AlarmReader;
  /** Calls after records were folded; one listener. */
  onChange(listener: () => void): void;
  close(): Promise<void>;
}

/** Reads and folds the alarm topics to their heads, as a console does. Fails where it cannot get there. */
export async function readAlarms(
  { clock }: CommandCall,
  { log, schemas, patienceMs }: Site,
): Promise<Result<OpenAlarms, Complaint>> {
  const states = await log.describeTopics(TOPIC_SPECS.map(({ topic }) => topic));
  if (!states.ok) return states;
  const { present, missingForReading } = checkTopics(TOPIC_SPECS, states.value);
  if (missingForReading.length > 0) return failure(topicsMissing(missingForReading));
  return new Promise((resolve) => {
    let listener: () => void = () => undefined;
    let timer = setTimeout(giveUp, patienceMs);
    let folded = 0;
    const reader = startAlarmReader({
      log,
      schemas,
      clock,
      decoder: createWireDecoder(),
      topics: present,
      onChange: () => look(),
    });
    const open: OpenAlarms = {
      reader,
      onChange: (next) => {
        listener = next;
      },
      close: () => reader.close(),
    };

    function look(): void {
      listener();
      if (reader.isAtHead) {
        clearTimeout(timer);
        resolve(ok(open));
      } else if (reader.book.size !== folded) {
        folded = reader.book.size;
        clearTimeout(timer);
        timer = setTimeout(giveUp, patienceMs);
      }
    }

    function giveUp(): void {
      const { phase } = reader.status();
      const problem = 'problem' in phase ? phase.problem : undefined;
      void reader.close().then(() => resolve(failure(problem ?? SILENT)));
    }
  });
}

const SILENT: Complaint = {
  message: 'The log did not answer in time.',
  remedy: 'Check the address (--bootstrap-servers), or wait longer with --timeout.',
};

function topicsMissing(topics: readonly string[]): Complaint {
  return {
    message: `The log has no topic ${topics.join(', ')}.`,
    remedy: 'Check that this is the right broker, or create what is missing: klaxon create-topics',
  };
}
