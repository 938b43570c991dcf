import type { AlarmReader } from '../../adapters/alarm-reader/alarm-reader.ts';
import type { Identity } from '../../core/audit/audit.ts';
import type { LogPhase } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SessionView } from '../../ipc/contract.ts';
import { createFeedDesk, type FeedDesk } from '../alarm-feed/feed-desk.ts';
import { createFollowedPicture, type FollowedPicture } from '../alarm-feed/followed-picture.ts';
import type { CommandDeskOptions } from '../commands/command-desk.ts';
import type { WindowId } from '../ipc/request-handlers.ts';
import type { SendEvent } from '../ipc/send-event.ts';
import type { SessionWords } from '../log-thread/messages.ts';
import type { Logger } from '../logging/logger.ts';
import { ConsoleSession } from '../session/console-session.ts';
import type { LogProfile } from '../session/log-profile.ts';
import type { OpenedLog, OpenLog, Running } from '../session/opened-log.ts';
import { sessionView } from '../session/session-view.ts';
import { type LogWatch, startLogWatch } from '../watch/log-watch.ts';
import { createConsoleHandlers, type LogRequestHandlers } from './console-handlers.ts';

/** What the console is given by its composition root. */
export interface ConsoleCoreOptions {
  readonly profile: LogProfile;
  readonly openLog: OpenLog;
  /** Begins what runs inside the console; `whenRead` calls once with the console's own reader when it has read everything. */
  readonly startServices: (opened: OpenedLog, whenRead: WhenRead) => Promise<Running>;
  /** Whether missing topics and subjects are created without asking. */
  readonly mayCreate: boolean;
  readonly identity: Identity;
  readonly version: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly createId: () => string;
  readonly formatTime: CommandDeskOptions['formatTime'];
  /** Events to one window, and to all. */
  readonly sendTo: (windowId: WindowId) => SendEvent;
  readonly broadcast: SendEvent;
  /** A window has painted its whole snapshot. */
  readonly onSnapshotTaken: (windowId: WindowId) => void;
}

/** Calls once when the console has read everything. Answers how to stop waiting. */
export type WhenRead = (callback: (reader: AlarmReader) => void) => () => void;

/** The console without its windows: log, fold, feeds and commands behind the requests of the contract. */
export interface ConsoleCore {
  readonly handlers: LogRequestHandlers;
  readonly picture: FollowedPicture;
  readonly feeds: FeedDesk;
  /** Begins to watch; problems show in the picture's status and in the session. */
  start(): void;
  /** What the session shows of the user's preferences, and tells beside the alarms, from now on. */
  setWords(words: SessionWords): void;
  close(): Promise<void>;
}

export function createConsoleCore(options: ConsoleCoreOptions): ConsoleCore {
  return new WiredConsole(options);
}

class WiredConsole implements ConsoleCore {
  readonly handlers: LogRequestHandlers;
  readonly picture: FollowedPicture;
  readonly feeds: FeedDesk;
  readonly #options: ConsoleCoreOptions;
  readonly #session: ConsoleSession;
  #words: SessionWords = { documentBase: '', notices: [] };
  #watch: LogWatch | null = null;

  constructor(options: ConsoleCoreOptions) {
    const { clock } = options;
    this.#options = options;
    this.picture = createFollowedPicture(clock);
    this.feeds = createFeedDesk({
      picture: this.picture,
      clock,
      onSnapshotTaken: options.onSnapshotTaken,
    });
    this.#session = new ConsoleSession({
      openLog: options.openLog,
      clock,
      logger: options.logger,
      mayCreate: options.mayCreate,
      watch: (opened, topics) => this.#startWatch(opened, topics),
      startServices: (opened) =>
        options.startServices(opened, (callback) => this.#whenRead(callback)),
      onChange: () => this.#tellSession(),
      onPhase: (phase: LogPhase) => this.picture.setPhase(phase),
      onWarnings: (warnings) => this.picture.setWarnings(warnings),
    });
    this.handlers = createConsoleHandlers({
      feeds: this.feeds,
      picture: this.picture,
      currentWatch: () => this.#watch,
      readSession: () => this.#sessionView(),
      createMissing: () => this.#session.createMissing(),
      sendTo: options.sendTo,
      formatTime: options.formatTime,
    });
  }

  start(): void {
    void this.#session.advance();
  }

  setWords(words: SessionWords): void {
    this.#words = words;
    this.#tellSession();
  }

  async close(): Promise<void> {
    this.feeds.closeAll();
    await this.#session.close();
    this.picture.close();
  }

  #startWatch(opened: OpenedLog, topics: readonly string[]): Running {
    const { identity, clock, createId, formatTime } = this.#options;
    const watch = startLogWatch({
      opened,
      topics,
      picture: this.picture,
      identity,
      clock,
      createId,
      formatTime,
    });
    this.#watch = watch;
    return {
      close: async () => {
        if (this.#watch === watch) this.#watch = null;
        await watch.close();
      },
    };
  }

  #whenRead(callback: (reader: AlarmReader) => void): () => void {
    const look = () => {
      if (this.#watch === null || !this.picture.isWhole()) return;
      stop();
      callback(this.#watch.reader);
    };
    const stop = this.picture.onChange(look);
    look();
    return stop;
  }

  #sessionView(): SessionView {
    const { profile, version, identity } = this.#options;
    return sessionView(this.#session.state(), {
      profile,
      version,
      identity,
      ...this.#words,
    });
  }

  #tellSession(): void {
    this.#options.broadcast('session:changed', this.#sessionView());
  }
}
