import { findMissingSubjects, registerSubjects } from '../../adapters/check-up/subjects-check.ts';
import { checkTopics, type TopicCheck, warningsOf } from '../../adapters/check-up/topics-check.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { type DurationMs, durationMs, epochMs } from '../../core/lib/units.ts';
import type { LogPhase, LogProblem } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaProblem } from '../../core/ports/schema-store.ts';
import type { OwnSchema } from '../../schemas/avro/subjects.ts';
import { TOPIC_SPECS } from '../../schemas/topic-specs.ts';
import type { Logger } from '../logging/logger.ts';
import type { OpenedLog, OpenLog, Running } from './opened-log.ts';

/** What stands in the way of watching. */
export type SessionProblem = LogProblem | SchemaProblem;

/** How the session stands; what a window shows of it. */
export interface SessionState {
  readonly topics: TopicCheck['findings'];
  /** Topics and subjects that are missing and that the user may have created. */
  readonly missing: readonly string[];
  readonly problem: SessionProblem | null;
  readonly notices: readonly string[];
}

export interface ConsoleSessionOptions {
  readonly openLog: OpenLog;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether what is missing is created without asking: the log inside the console, or `--create-topics`. */
  readonly mayCreate: boolean;
  /** Begins to read these topics and to write; answers how to stop. Everything of a reading begins and ends with it. */
  readonly watch: (opened: OpenedLog, topics: readonly string[]) => Running;
  /** Begins what runs inside the console beside it, once topics and subjects are there. */
  readonly startServices: (opened: OpenedLog) => Promise<Running>;
  readonly onChange: (state: SessionState) => void;
  /** What is shown while nothing is read yet. */
  readonly onPhase: (phase: LogPhase) => void;
  readonly onWarnings: (warnings: readonly string[]) => void;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
/** How often topics and registry are looked at where all was well. */
const LOOK_AGAIN_MS = 30_000;

/** Opens the log, checks it and keeps it watched, until it is closed; whatever fails is said and tried again. */
export class ConsoleSession {
  readonly #options: ConsoleSessionOptions;
  #state: SessionState = { topics: [], missing: [], problem: null, notices: [] };
  #opened: OpenedLog | null = null;
  #watched: { readonly topics: string; readonly running: Running } | null = null;
  #services: Running | null = null;
  #subjects: readonly OwnSchema[] = [];
  #attempt = 1;
  #retryMs: DurationMs = durationMs(FIRST_RETRY_MS);
  #cancelRetry: (() => void) | null = null;
  #advancing: Promise<void> | null = null;
  #isClosed = false;

  constructor(options: ConsoleSessionOptions) {
    this.#options = options;
  }

  state(): SessionState {
    return this.#state;
  }

  /** Begins, or looks again at once. Answers when this look is over, whatever came of it. */
  advance(): Promise<void> {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#advancing ??= this.#look(this.#options.mayCreate).finally(() => {
      this.#advancing = null;
    });
    return this.#advancing;
  }

  /** Creates the missing topics and registers the missing subjects, because the user said so. */
  async createMissing(): Promise<void> {
    await this.#advancing;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#advancing = this.#look(true).finally(() => {
      this.#advancing = null;
    });
    await this.#advancing;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelRetry?.();
    await this.#advancing;
    await this.#services?.close();
    await this.#watched?.running.close();
    await this.#opened?.close();
  }

  /** One look: open, check, create where allowed, watch. A problem is shown and looked at again after a while. */
  async #look(mayCreate: boolean): Promise<void> {
    const looked = await this.#lookOnce(mayCreate);
    if (this.#isClosed) return;
    const before = this.#state.problem;
    this.#set({ problem: looked.ok ? null : looked.error });
    if (looked.ok) {
      this.#retryMs = durationMs(FIRST_RETRY_MS);
      this.#attempt = 1;
      // Somebody else may create what is missing, or change a topic; and a registry may die unnoticed.
      this.#lookAgainIn(this.#state.missing.length > 0 ? LONGEST_RETRY_MS : LOOK_AGAIN_MS);
      return;
    }
    const { error } = looked;
    if (error.message !== before?.message) {
      const { code, message } = error;
      this.#options.logger.warn('session problem', { code, reason: message });
    }
    if (this.#watched === null) this.#options.onPhase(this.#phaseOf(error));
    this.#attempt += 1;
    this.#retryLater();
  }

  async #lookOnce(mayCreate: boolean): Promise<Result<void, SessionProblem>> {
    const opened = await this.#open();
    if (!opened.ok) return opened;
    const check = await this.#check(opened.value, mayCreate);
    if (!check.ok) return check;
    if (check.value.missingForReading.length > 0) return failure(topicsMissing(check.value));
    await this.#watch(opened.value, check.value);
    const subjects = await this.#checkSubjects(opened.value, mayCreate);
    this.#set({ missing: this.#missingIn(check.value) });
    if (!subjects.ok) return subjects;
    if (this.#subjects.length === 0) {
      this.#services ??= await this.#options.startServices(opened.value);
    }
    return ok(undefined);
  }

  async #open(): Promise<Result<OpenedLog, LogProblem>> {
    if (this.#opened !== null) return ok(this.#opened);
    const opened = await this.#options.openLog();
    if (!opened.ok) return opened;
    this.#opened = opened.value;
    this.#set({ notices: opened.value.notices });
    return opened;
  }

  async #check(opened: OpenedLog, mayCreate: boolean): Promise<Result<TopicCheck, LogProblem>> {
    const before = await this.#describe(opened);
    if (!before.ok || !mayCreate || before.value.missing.length === 0) return before;
    const missing = TOPIC_SPECS.filter(({ topic }) => before.value.missing.includes(topic));
    const created = await opened.log.createTopics(missing);
    return created.ok ? this.#describe(opened) : created;
  }

  async #describe(opened: OpenedLog): Promise<Result<TopicCheck, LogProblem>> {
    const states = await opened.log.describeTopics(TOPIC_SPECS.map(({ topic }) => topic));
    if (!states.ok) return states;
    const check = checkTopics(TOPIC_SPECS, states.value);
    this.#set({ topics: check.findings, missing: this.#missingIn(check) });
    this.#options.onWarnings(warningsOf(check));
    return ok(check);
  }

  async #checkSubjects(
    opened: OpenedLog,
    mayCreate: boolean,
  ): Promise<Result<void, SchemaProblem>> {
    const missing = await findMissingSubjects(opened.schemas);
    if (!missing.ok) return missing;
    this.#subjects = missing.value;
    if (!mayCreate || missing.value.length === 0) return ok(undefined);
    const registered = await registerSubjects(opened.schemas, missing.value);
    if (registered.ok) this.#subjects = [];
    return registered;
  }

  /** Reads what there is; begins anew where topics have come since. */
  async #watch(opened: OpenedLog, check: TopicCheck): Promise<void> {
    const topics = check.present.join();
    if (this.#isClosed || this.#watched?.topics === topics) return;
    await this.#watched?.running.close();
    this.#watched = { topics, running: this.#options.watch(opened, check.present) };
  }

  #missingIn(check: TopicCheck): readonly string[] {
    return [...check.missing, ...this.#subjects.map(({ subject }) => subject)];
  }

  #phaseOf(problem: SessionProblem): LogPhase {
    const shown: LogProblem = { ...problem, code: logCodeOf(problem.code) };
    return problem.isRetriable
      ? { phase: 'connecting', attempt: this.#attempt, problem: shown }
      : { phase: 'failed', problem: shown };
  }

  #retryLater(): void {
    this.#lookAgainIn(this.#retryMs);
    this.#retryMs = durationMs(Math.min(this.#retryMs * 2, LONGEST_RETRY_MS));
  }

  #lookAgainIn(afterMs: number): void {
    const { clock } = this.#options;
    this.#cancelRetry = clock.callAt(epochMs(clock.now() + afterMs), () => {
      this.#cancelRetry = null;
      void this.advance();
    });
  }

  #set(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange(this.#state);
  }
}

/** A window shows the registry's problems as the log's: without schemas nothing can be read. */
function logCodeOf(code: SessionProblem['code']): LogProblem['code'] {
  return code === 'NotARegistry' || code === 'NotFound' || code === 'Refused' ? 'Unexpected' : code;
}

function topicsMissing(check: TopicCheck): LogProblem {
  const names = check.missingForReading.join(', ');
  return {
    code: 'TopicMissing',
    message: `The log has no topic ${names}.`,
    remedy:
      'Create what is missing with the button, or start with --create-topics; or check that this is the right broker.',
    isRetriable: false,
  };
}
