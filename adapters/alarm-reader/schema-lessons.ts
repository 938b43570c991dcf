import { epochMs } from '../../core/lib/units.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SchemaProblem, SchemaStore } from '../../core/ports/schema-store.ts';
import type { WireDecoder } from '../../schemas/codecs/wire.ts';

/** The decoder's teacher: fetches the schemas that records name, and tries again while the registry cannot be reached. */
export interface SchemaLessons {
  /** Why schemas cannot be had just now; null while all is well. */
  readonly problem: SchemaProblem | null;
  /** Whether the registry has ever answered: before that nothing can be read at all. */
  readonly hasAnswered: boolean;
  /**
   * Asks for schemas, all at once. Answers when the decoder knows each, or knows that it does not exist or cannot be had now.
   * As long as the registry has never answered it waits for it: nothing could be read without.
   */
  learn(ids: readonly number[]): Promise<void>;
  close(): void;
}

export interface SchemaLessonsOptions {
  readonly schemas: SchemaStore;
  readonly decoder: WireDecoder;
  readonly clock: Clock;
  /** Subjects whose schemas are fetched at once, while the log is still being reached; nothing waits for them. */
  readonly likely: readonly string[];
  /** The problem has come or gone. */
  readonly onChange: () => void;
  /** A schema that could not be had before has come: what was read without it should be read anew. */
  readonly onLate: () => void;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
const REGISTRY_SILENT = 'its schema is not known here and the schema registry cannot be reached';

/** A teacher that begins with what is likely to be needed. */
export function createSchemaLessons(options: SchemaLessonsOptions): SchemaLessons {
  return new Lessons(options);
}

type Lesson = 'known' | 'unknown' | 'silent';

class Lessons implements SchemaLessons {
  readonly #options: SchemaLessonsOptions;
  /** Ids that records were read without. */
  readonly #missing = new Set<number>();
  #retryMs = FIRST_RETRY_MS;
  #cancelRetry: (() => void) | null = null;
  #isClosed = false;
  hasAnswered = false;
  problem: SchemaProblem | null = null;

  constructor(options: SchemaLessonsOptions) {
    this.#options = options;
    for (const subject of options.likely) void this.#foresee(subject);
  }

  async learn(ids: readonly number[]): Promise<void> {
    let open = [...new Set(ids)];
    while (open.length > 0 && !this.#isClosed) {
      const lessons = await Promise.all(open.map((id) => this.#ask(id)));
      open = open.filter((_id, index) => lessons[index] === 'silent');
      if (open.length > 0 && this.hasAnswered) return this.#goOnWithout(open);
      if (open.length > 0) await this.#pause();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelRetry?.();
  }

  /** What goes wrong here shows when a record needs the schema. */
  async #foresee(subject: string): Promise<void> {
    const { schemas, decoder } = this.#options;
    const versions = await schemas.versionsOf(subject);
    if (this.#isClosed || !versions.ok) return;
    this.hasAnswered = true;
    for (const { id, schema } of versions.value) decoder.learnSchema(id, schema);
  }

  async #ask(id: number): Promise<Lesson> {
    const { schemas, decoder } = this.#options;
    const answer = await schemas.schemaById(id);
    if (this.#isClosed) return 'silent';
    if (!answer.ok && answer.error.code !== 'NotFound') {
      this.#setProblem(answer.error);
      return 'silent';
    }
    this.hasAnswered = true;
    this.#retryMs = FIRST_RETRY_MS;
    if (answer.ok) decoder.learnSchema(id, answer.value);
    else decoder.rejectSchema(id, answer.error.message);
    this.#missing.delete(id);
    if (this.#missing.size === 0) this.#setProblem(null);
    return answer.ok ? 'known' : 'unknown';
  }

  /** Records of these schemas are undecodable for now; they are asked for until they come. */
  #goOnWithout(ids: readonly number[]): void {
    for (const id of ids) {
      this.#missing.add(id);
      this.#options.decoder.rejectSchema(id, REGISTRY_SILENT);
    }
    void this.#askUntilTheyCome();
  }

  async #askUntilTheyCome(): Promise<void> {
    if (this.#cancelRetry !== null) return;
    await this.#pause();
    const lessons = await Promise.all([...this.#missing].map((id) => this.#ask(id)));
    if (this.#isClosed) return;
    if (this.#missing.size > 0) void this.#askUntilTheyCome();
    if (lessons.includes('known')) this.#options.onLate();
  }

  #pause(): Promise<void> {
    const { clock } = this.#options;
    const waitMs = this.#retryMs;
    this.#retryMs = Math.min(waitMs * 2, LONGEST_RETRY_MS);
    return new Promise((resolve) => {
      const done = (): void => {
        this.#cancelRetry = null;
        resolve();
      };
      const takeBack = clock.callAt(epochMs(clock.now() + waitMs), done);
      this.#cancelRetry = () => {
        takeBack();
        done();
      };
    });
  }

  #setProblem(problem: SchemaProblem | null): void {
    if (this.problem === problem) return;
    this.problem = problem;
    this.#options.onChange();
  }
}
