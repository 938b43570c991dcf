import type { AlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import type { CommandCall } from '../command/command.ts';
import type { Site } from '../site/site.ts';
import { readAlarms } from './read-alarms.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly part: string;
  readonly finding: 'ok' | 'note' | 'warning' | 'missing' | 'failed';
  readonly message: string;
}

/** A keeper that runs has written its word on an open occurrence well before this, in milliseconds. */
const GRACE_MS = 10_000;

/** Reads the log to its head and says what came of it: alarms, records that cannot be decoded, damage, the keeper. */
export async function checkReading(
  call: CommandCall,
  site: Site,
  hasKeeper: boolean,
): Promise<readonly Finding[]> {
  const alarms = await readAlarms(call, site);
  if (!alarms.ok) return [{ part: 'reading', finding: 'failed', message: alarms.error.message }];
  const { reader } = alarms.value;
  const findings = [
    countAlarms(reader),
    countUndecodable(reader),
    ...reader
      .status()
      .damages.map((message): Finding => ({ part: 'damage', finding: 'warning', message })),
    ...(hasKeeper ? [lookForKeeper(reader)] : []),
  ];
  await alarms.value.close();
  return findings;
}

function countAlarms(reader: AlarmReader): Finding {
  reader.book.takeChanges(reader.now());
  const { registered, unacknowledged, acknowledged, returned, shelved } = reader.book.counts();
  const message = `${registered} registered; ${unacknowledged} unacknowledged, ${acknowledged} acknowledged, ${returned} returned, ${shelved} shelved.`;
  return { part: 'alarms', finding: 'ok', message };
}

function countUndecodable({ quarantine }: AlarmReader): Finding {
  const part = 'records';
  const [newest] = quarantine.newest(1);
  if (newest === undefined) {
    return { part, finding: 'ok', message: 'Every record can be decoded.' };
  }
  const { topic, partition, offset } = newest.position;
  const message = `${quarantine.count} cannot be decoded; the newest, ${topic}/${partition}/${offset}: ${newest.reason}.`;
  return { part, finding: 'warning', message };
}

function lookForKeeper(reader: AlarmReader): Finding {
  const part = 'keeper';
  let isKept = false;
  let isOverdue = false;
  for (const { snapshot, occurrence } of reader.book.states()) {
    if (snapshot !== null) isKept = true;
    if (occurrence !== null && occurrence.startedAt < reader.now() - GRACE_MS) isOverdue = true;
  }
  if (isKept) return { part, finding: 'ok', message: 'A keeper has written of this log.' };
  return isOverdue
    ? {
        part,
        finding: 'warning',
        message: `No keeper seems to run: alarms stand of which it has written nothing.`,
      }
    : {
        part,
        finding: 'note',
        message: 'No alarm has stood for long, so a keeper cannot be told from none.',
      };
}
