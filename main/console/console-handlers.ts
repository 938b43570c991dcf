import { explainState } from '../../core/effective-state/explain-state.ts';
import { type AlarmName, alarmName } from '../../core/lib/alarm-name.ts';
import { failure, ok } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import { explainRefusal } from '../../core/refusals.ts';
import type { AlarmDetail, CommandTicket, SessionView } from '../../ipc/contract.ts';
import { recordsOf, registrationOf } from '../alarm-detail/describe-alarm.ts';
import { quarantineView } from '../alarm-detail/quarantine-view.ts';
import type { AlarmPicture } from '../alarm-feed/alarm-picture.ts';
import type { FeedDesk } from '../alarm-feed/feed-desk.ts';
import type { CommandTarget } from '../commands/command-desk.ts';
import {
  acknowledgeTargets,
  shelveTargets,
  unacknowledgeTargets,
  unshelveTargets,
} from '../commands/command-targets.ts';
import type { Answer, RequestHandlers, WindowId } from '../ipc/request-handlers.ts';
import type { SendEvent } from '../ipc/send-event.ts';
import type { LogRequestName } from '../log-thread/messages.ts';
import type { LogWatch } from '../watch/log-watch.ts';

/** What the requests of a window are answered from. */
export interface ConsoleDesks {
  readonly feeds: FeedDesk;
  readonly picture: AlarmPicture;
  /** Null while nothing is watched. */
  readonly currentWatch: () => LogWatch | null;
  readonly readSession: () => SessionView;
  readonly createMissing: () => Promise<void>;
  readonly sendTo: (windowId: WindowId) => SendEvent;
  readonly formatTime: (at: EpochMs) => string;
}

/** Handlers of the requests that are answered from the log. */
export type LogRequestHandlers = Pick<RequestHandlers, LogRequestName>;

/** One handler for each of those requests. */
export function createConsoleHandlers(desks: ConsoleDesks): LogRequestHandlers {
  const { feeds } = desks;
  const command = async (targets: readonly CommandTarget[], from: WindowId) =>
    ok(await runCommand(desks, targets, from));
  return {
    'session:readSession': () => ok(desks.readSession()),
    'session:createTopics': async () => {
      await desks.createMissing();
      return ok(desks.readSession());
    },
    'feed:openFeed': (_, from) => ok({ feedId: feeds.openFeed(from, desks.sendTo(from)) }),
    'feed:acknowledgeMessage': ({ feedId, sequence }, from) => {
      feeds.acknowledgeMessage(from, feedId, sequence);
      return ok({});
    },
    'alarm:readDetail': ({ name }) => readDetail(desks, alarmName(name)),
    'alarm:acknowledgeAlarms': (input, from) => command(acknowledgeTargets(input), from),
    'alarm:unacknowledgeAlarms': (input, from) => command(unacknowledgeTargets(input), from),
    'shelf:shelveAlarms': (input, from) => command(shelveTargets(input), from),
    'shelf:unshelveAlarms': (input, from) => command(unshelveTargets(input), from),
    'quarantine:readRecords': ({ limit }) => {
      const newest = desks.currentWatch()?.reader.quarantine.newest(limit) ?? [];
      return ok(newest.map(quarantineView));
    },
  };
}

/** While nothing is watched every command is refused, alarm by alarm, so that the window shows it on each row. */
async function runCommand(
  desks: ConsoleDesks,
  targets: readonly CommandTarget[],
  from: WindowId,
): Promise<CommandTicket[]> {
  const watch = desks.currentWatch();
  if (watch === null) return targets.map(({ name }) => notLive(desks, name));
  const send = desks.sendTo(from);
  return watch.commands.run(targets, (settled) => {
    send('command:settled', settled);
  });
}

function notLive(desks: ConsoleDesks, name: AlarmName): CommandTicket {
  const refusal = explainRefusal({ code: 'NotLive', alarm: name }, desks.formatTime);
  return { name, state: 'refused', refusal };
}

function readDetail(desks: ConsoleDesks, name: AlarmName): Answer<'alarm:readDetail'> {
  const reader = desks.currentWatch()?.reader;
  const state = reader?.book.state(name);
  const row = desks.picture.row(name);
  if (reader === undefined || state === undefined || row === null) {
    return failure({ code: 'UnknownAlarm', message: `No alarm is called ${name}.` });
  }
  const detail: AlarmDetail = {
    name,
    why: [...explainState(state, row, reader.now(), desks.formatTime)],
    registration: registrationOf(state),
    records: recordsOf(state),
  };
  return ok(detail);
}
