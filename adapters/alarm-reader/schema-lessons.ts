import { durationMs, epochMs } from '../../core/lib/units.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaProblem, SchemaStore } from '../../core/ports/schema-store.ts';
import type { WireDecoder } from '../../schemas/codecs/wire.ts';

/** The decoder's teacher: fetches the schemas that records name, and tries again while the registry cannot be reached. */
export interface SchemaLessons {
  /** All subjects have been asked for once: from then on an unknown id is the exception. */
  readonly isReady: boolean;
  /** Why schemas cannot be had just now; null while all is well. */
  readonly problem: SchemaProblem | null;
  /** Asks for one schema. True once the decoder knows it, or knows that it does not exist; false where that cannot be told now. */
  learn(id: number): Promise<boolean>;
  close(): void;
}

export interface SchemaLessonsOptions {
  readonly schemas: SchemaStore;
  readonly decoder: WireDecoder;
  readonly clock: Clock;
  readonly subjects: readonly string[];
  /** All subjects are taught, or the problem has changed. */
  readonly onChange: () => void;
  /** A schema that could not be had before has come: what was read without it should be read anew. */
  readonly onLate: () => void;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;

/** Begins to teach at once. */
export function startSchemaLessons(options: SchemaLessonsOptions): SchemaLessons {
  return new Lessons(options);
}

class Lessons implements SchemaLessons {
  readonly #options: SchemaLessonsOptions;
  readonly #missing = new Set<number>();
  readonly #asked = new Map<number, Promise<boolean>>();
  #retryMs = FIRST_RETRY_MS;
  #cancelRetry: (() => void) | null = null;
  #isClosed = false;
  isReady = false;
  problem: SchemaProblem | null = null;

  constructor(options: SchemaLessonsOptions) {
    this.#options = options;
    void this.#begin();
  }

  learn(id: number): Promise<boolean> {
    const asked = this.#asked.get(id);
    if (asked !== undefined) return asked;
    const asking = this.#fetch(id).finally(() => this.#asked.delete(id));
    this.#asked.set(id, asking);
    return asking;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelRetry?.();
  }

  async #begin(): Promise<void> {
    const { schemas, subjects, decoder } = this.#options;
    const answers = await Promise.all(subjects.map((subject) => schemas.versionsOf(subject)));
    if (this.#isClosed) return;
    for (const answer of answers) {
      if (!answer.ok) return this.#fail(answer.error);
      for (const { id, schema } of answer.value) decoder.learnSchema(id, schema);
    }
    this.isReady = true;
    this.#succeed();
  }

  async #fetch(id: number): Promise<boolean> {
    const { schemas, decoder } = this.#options;
    const answer = await schemas.schemaById(id);
    if (this.#isClosed) return false;
    if (answer.ok) {
      decoder.learnSchema(id, answer.value);
      const wasMissing = this.#missing.delete(id);
      this.#succeed();
      if (wasMissing) this.#options.onLate();
      return true;
    }
    if (answer.error.code === 'NotFound') {
      decoder.rejectSchema(id, answer.error.message);
      this.#missing.delete(id);
      return true;
    }
    this.#missing.add(id);
    this.#fail(answer.error);
    return false;
  }

  #succeed(): void {
    this.#retryMs = FIRST_RETRY_MS;
    if (this.#missing.size === 0) this.problem = null;
    this.#options.onChange();
  }

  #fail(problem: SchemaProblem): void {
    this.problem = problem;
    this.#options.onChange();
    if (this.#isClosed || this.#cancelRetry !== null) return;
    const { clock } = this.#options;
    this.#cancelRetry = clock.callAt(epochMs(clock.now() + this.#retryMs), () => {
      this.#cancelRetry = null;
      this.#retryMs = Math.min(durationMs(this.#retryMs * 2), LONGEST_RETRY_MS);
      this.#tryAgain();
    });
  }

  #tryAgain(): void {
    if (!this.isReady) void this.#begin();
    for (const id of this.#missing) void this.learn(id);
  }
}
