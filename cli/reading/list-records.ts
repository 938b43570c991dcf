import { ok, type Result } from '../../core/lib/result.ts';
import type { LogProblem, LogRecord } from '../../core/ports/alarm-log.ts';
import type { SchemaProblem } from '../../core/ports/schema-store.ts';
import type { CommandCall } from '../command/command.ts';
import { DONE, failed, misused, type Outcome } from '../command/outcome.ts';
import {
  ALL,
  FOLLOW,
  isWithin,
  JSON_LINES,
  MONITOR,
  NO_META,
  type TimeSpan,
  timeSpanOf,
  UNTIL,
} from '../options/reading-options.ts';
import { createLineWriter, type LineStyle, type LineWriter } from '../output/record-line.ts';
import { type ChunkedOutput, createChunkedOutput } from '../output/text-chunks.ts';
import { withSite } from '../site/open-site.ts';
import type { Site } from '../site/site.ts';
import { type KeptRecord, keepRecord } from './kept-record.ts';
import { createNewestRecords, type NewestRecords } from './newest-records.ts';
import { createOnlyOnce, type OnlyOnce } from './only-once.ts';
import { type OpenReading, readToHead } from './read-log.ts';
import { createRecordDecoder, type Decoded, type RecordDecoder } from './record-decoder.ts';

/** Which records a list shows, and how. */
export interface ListPlan {
  readonly topics: readonly string[];
  /** Where it is not the seeds' line. */
  readonly format?: LineStyle['format'];
  /** Whether a record with this value is shown; tombstones are not asked about. */
  accepts?(value: Decoded): boolean;
}

/** Lists topics as the options of the call say, and follows them where that is asked for. */
export async function listRecords(call: CommandCall, plan: ListPlan): Promise<Outcome> {
  const span = timeSpanOf(call);
  if (!span.ok) return misused(span.error);
  const isFollowing = call.given.has(MONITOR) || call.given.has(FOLLOW);
  if (isFollowing && call.given.text(UNTIL) !== undefined) {
    return misused('--until ends a list that --monitor would go on with; give one of them.');
  }
  return withSite(call, (site) => new RecordList(call, plan, span.value, site).print(isFollowing));
}

class RecordList {
  readonly #call: CommandCall;
  readonly #plan: ListPlan;
  readonly #span: TimeSpan;
  readonly #site: Site;
  readonly #decoder: RecordDecoder;
  readonly #write: LineWriter;
  readonly #output: ChunkedOutput;
  readonly #isWhole: boolean;
  readonly #newest: NewestRecords = createNewestRecords();
  readonly #onlyOnce: OnlyOnce = createOnlyOnce();
  /** Every record of a whole list; once the list stands, those that came after it. */
  #queue: KeptRecord[] = [];
  #isListed = false;
  #hasForeseen = false;
  #wake: () => void = () => undefined;

  constructor(call: CommandCall, plan: ListPlan, span: TimeSpan, site: Site) {
    this.#call = call;
    this.#plan = plan;
    this.#span = span;
    this.#site = site;
    this.#decoder = createRecordDecoder(site.schemas);
    this.#write = createLineWriter(this.#decoder, styleOf(call, plan));
    this.#output = createChunkedOutput(call.terminal);
    this.#isWhole = call.given.has(ALL);
  }

  async print(isFollowing: boolean): Promise<Outcome> {
    const reading = await this.#read();
    if (!reading.ok) return failed(reading.error);
    // Asked for before the first line is out: from then on Ctrl+C ends the command in order.
    const ended = isFollowing ? this.#call.terminal.ended : null;
    const listed = this.#isWhole ? this.#queue.splice(0) : this.#newest.standing();
    this.#isListed = true;
    const printed = await this.#printAll(listed);
    if (!printed.ok) return failed(printed.error);
    const followed = ended === null ? ok(undefined) : await this.#follow(ended);
    await reading.value.close();
    if (!followed.ok) return failed(followed.error);
    return reading.value.damages === 0 ? DONE : failed(INCOMPLETE);
  }

  #read(): Promise<Result<OpenReading, LogProblem>> {
    return readToHead(this.#site.log, {
      topics: this.#plan.topics,
      patienceMs: this.#site.patienceMs,
      onRecords: (records) => {
        this.#take(records);
        this.#foresee(records);
      },
      onReset: (topics) => this.#beginAgain(topics),
      onHead: (topic) => this.#keep(this.#onlyOnce.reachHead(topic)),
      onNotice: (sentence) => this.#call.terminal.tell(`klaxon: ${sentence}`),
    });
  }

  /** The schemas of the first records are nearly always those of all: they are fetched while the rest is read. */
  #foresee([record]: readonly LogRecord[]): void {
    if (this.#hasForeseen || record === undefined) return;
    this.#hasForeseen = true;
    void this.#decoder.learn([keepRecord(record)]);
  }

  #take(records: readonly LogRecord[]): void {
    if (this.#isListed || this.#isWhole) {
      this.#keep(this.#onlyOnce.take(records.map(keepRecord)));
      return;
    }
    for (const record of records) {
      this.#newest.add(record);
      this.#onlyOnce.note(record);
    }
  }

  #keep(records: readonly KeptRecord[]): void {
    for (const record of records) this.#queue.push(record);
    this.#wake();
  }

  /** What was written out stays written; what was not yet is read anew. */
  #beginAgain(topics: readonly string[]): void {
    if (this.#isListed) {
      this.#onlyOnce.reset(topics);
      return;
    }
    this.#newest.forget(topics);
    this.#queue = this.#queue.filter(({ topic }) => !topics.includes(topic));
    this.#onlyOnce.forget(topics);
  }

  async #follow(asked: Promise<void>): Promise<Result<void, SchemaProblem>> {
    let isEnded = false;
    const ended = asked.then(() => {
      isEnded = true;
    });
    while (!isEnded) {
      const printed = await this.#printAll(this.#queue.splice(0));
      if (!printed.ok) return printed;
      const more = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      if (this.#queue.length === 0) await Promise.race([ended, more]);
    }
    return ok(undefined);
  }

  async #printAll(records: Iterable<KeptRecord>): Promise<Result<void, SchemaProblem>> {
    let printed: Result<void, SchemaProblem> = ok(undefined);
    for (const part of partsOf(records, this.#span)) {
      printed = await this.#printPart(part);
      if (!printed.ok) break;
    }
    await this.#output.flush();
    return printed;
  }

  async #printPart(records: readonly KeptRecord[]): Promise<Result<void, SchemaProblem>> {
    const learned = await this.#decoder.learn(records);
    if (!learned.ok) return learned;
    for (const record of records) {
      if (!this.#isAccepted(record)) continue;
      const written = this.#output.add(this.#write(record));
      if (written !== undefined) await written;
    }
    return ok(undefined);
  }

  #isAccepted(record: KeptRecord): boolean {
    const { accepts } = this.#plan;
    if (accepts === undefined || record.value === null) return true;
    return accepts(this.#decoder.value(record));
  }
}

/** So many records are made ready together, and their schemas learned. */
const AT_ONCE = 500;

/** What lies within the span. */
function* partsOf(records: Iterable<KeptRecord>, span: TimeSpan): Iterable<KeptRecord[]> {
  let part: KeptRecord[] = [];
  for (const record of records) {
    if (!isWithin(span, record.timestampAt)) continue;
    part.push(record);
    if (part.length < AT_ONCE) continue;
    yield part;
    part = [];
  }
  yield part;
}

const INCOMPLETE = {
  message: 'The list is not complete: a part of the log cannot be read.',
  remedy: 'Ask who runs the broker about the stretches named above.',
};

function styleOf({ given, terminal }: CommandCall, { format }: ListPlan): LineStyle {
  return {
    format: format ?? (given.has(JSON_LINES) ? 'json' : 'seed'),
    isBare: given.has(NO_META),
    hasColour: terminal.hasColour,
  };
}
