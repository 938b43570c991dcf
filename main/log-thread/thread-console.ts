import type { MessagePort } from 'node:worker_threads';
import { createSystemClock } from '../../adapters/system/system-clock.ts';
import { assertNever } from '../../core/lib/invariant.ts';
import { failure } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import type { EventName } from '../../ipc/channels.ts';
import { type ConsoleCore, createConsoleCore } from '../console/console-core.ts';
import { createProfileParts } from '../console/profile-parts.ts';
import type { WindowId } from '../ipc/request-handlers.ts';
import type { SendEvent } from '../ipc/send-event.ts';
import type { Logger } from '../logging/logger.ts';
import { type ConsoleReport, startConsoleReport } from '../report/console-report.ts';
import { formatTime } from '../session/format-time.ts';
import type {
  FromThread,
  LogRequestName,
  ThreadEvent,
  ThreadRequest,
  ThreadStart,
  ToThread,
} from './messages.ts';
import { createThreadLogger } from './thread-logger.ts';

const clock = createSystemClock();
const readableTime = (at: EpochMs) => formatTime(at, clock.now());

/** Runs the console's log side in this thread, behind the messages of the port, until it is told to close. */
export function runThreadConsole(port: MessagePort, start: ThreadStart): void {
  const post = (message: FromThread) => port.postMessage(message);
  const logger = createThreadLogger(post);
  process.on('uncaughtException', (thrown) => logger.error('uncaught exception', { thrown }));
  process.on('unhandledRejection', (thrown) => logger.error('unhandled rejection', { thrown }));
  let report: ConsoleReport | null = null;
  const core = createCore(port, start, { logger, onSnapshotTaken: () => report?.windowPainted() });
  port.on('message', (message: ToThread) => void take(core, message, post, logger));
  report = start.start.isReporting ? startReport(core, post) : null;
  core.start();
}

interface CoreParts {
  readonly logger: Logger;
  readonly onSnapshotTaken: () => void;
}

function createCore(port: MessagePort, start: ThreadStart, parts: CoreParts): ConsoleCore {
  const { profile, identity, version } = start;
  const { logger, onSnapshotTaken } = parts;
  return createConsoleCore({
    ...createProfileParts({ profile, start: start.start, identity, clock, logger }),
    profile,
    identity,
    version,
    clock,
    logger,
    createId: () => crypto.randomUUID(),
    formatTime: readableTime,
    sendTo: (windowId) => senderTo(port, windowId),
    broadcast: senderTo(port, null),
    onSnapshotTaken,
  });
}

/** Main knows whether the window is still there, and says so by `pageLost`. */
function senderTo(port: MessagePort, windowId: WindowId | null): SendEvent {
  return <N extends EventName>(name: N, payload: ThreadEvent<N>['payload']) => {
    const event: ThreadEvent<N> = { message: 'event', windowId, name, payload };
    port.postMessage(event);
    return true;
  };
}

function startReport(core: ConsoleCore, post: (message: FromThread) => void): ConsoleReport {
  return startConsoleReport({
    picture: core.picture,
    clock,
    write: (line) => post({ message: 'reported', line }),
    formatTime: readableTime,
    onTable: () => post({ message: 'screenshotDue' }),
  });
}

async function take(
  core: ConsoleCore,
  message: ToThread,
  post: (message: FromThread) => void,
  logger: Logger,
): Promise<void> {
  switch (message.message) {
    case 'request':
      post({
        message: 'answer',
        id: message.id,
        answer: await answerOf(core, message, logger),
      });
      return;
    case 'pageLost':
      core.feeds.closeFeed(message.windowId);
      return;
    case 'words':
      core.setWords(message.words);
      return;
    case 'close':
      await core.close().catch((thrown: unknown) => {
        logger.error('the console did not end well', { thrown });
      });
      return process.exit();
    default:
      assertNever(message);
  }
}

async function answerOf<N extends LogRequestName>(
  core: ConsoleCore,
  { name, input, from }: ThreadRequest<N>,
  logger: Logger,
): Promise<unknown> {
  try {
    return await core.handlers[name](input, from);
  } catch (thrown) {
    logger.error('a request failed', { request: name, thrown });
    return failure({
      code: 'Failed',
      message: `The request ${name} failed inside the console; the log file says more.`,
    });
  }
}
