import { ClassicLevel } from 'classic-level';
import type { Result } from '../../core/lib/result.ts';
import { failure, ok } from '../../core/lib/result.ts';
import type { LogProblem } from '../../core/ports/alarm-log.ts';
import { probeRoom, spaceNeededToReopen } from './disk-room.ts';
import { describeOpenFailure, describeWriteFailure } from './level-failures.ts';
import { logClosed, storeDamaged, storeTooNew } from './log-problems.ts';
import type {
  RecordStore,
  StoreChange,
  StoredRecord,
  StoredTopic,
  StoreRange,
  StoreTrouble,
} from './record-store.ts';
import { offsetOfPlace, placeOf } from './record-store.ts';
import { formatStoredTopic, parseStoredTopic, placeOfTopic } from './topic-entry.ts';

/** The form of the whole store, written with its first change. */
const STORE_FORMAT = 1;
const FORMAT_PLACE = 'm/format';
/** Small, since a start reads the journal whole, and a store on a full disk needs as much room to be opened anew. */
const JOURNAL_BYTES = 1_048_576;
const TOPICS_FROM = 't/';
const TOPICS_BELOW = 't0';

type Level = ClassicLevel<string, Buffer>;

/**
 * Opens the store in `folder`, or makes it.
 * Fails with `StoreInUse`, `DiskFull`, `StoreDamaged` (with `damage`) or `Unexpected`; the folder is then as it was.
 */
export async function openLevelRecordStore(
  folder: string,
): Promise<Result<RecordStore, StoreTrouble>> {
  const opened = await openLevel(folder);
  if (!opened.ok) {
    return opened;
  }
  const checked = await checkFormat(opened.value, folder);
  if (!checked.ok) {
    await opened.value.close();
    return checked;
  }
  return ok(new LevelRecordStore(folder, opened.value));
}

class LevelRecordStore implements RecordStore {
  readonly name: string;
  /** Null while a store that failed could not be opened again. */
  #level: Level | null;
  #opening: Promise<Result<Level, StoreTrouble>> | null = null;
  #isClosed = false;
  /** The change that failed last: LevelDB's journal may or may not hold it until it has been opened anew. */
  #failed: StoreChange | null = null;
  readonly #committed = new Map<number, StoredTopic>();

  constructor(folder: string, level: Level) {
    this.name = folder;
    this.#level = level;
  }

  async loadTopics(): Promise<Result<readonly StoredTopic[], StoreTrouble>> {
    const level = await this.#usableLevel();
    if (!level.ok) {
      return level;
    }
    const topics = await loadStoredTopics(level.value, this.name);
    if (topics.ok) {
      for (const topic of topics.value) {
        this.#committed.set(topic.id, topic);
      }
    }
    return topics;
  }

  async read(
    range: StoreRange,
    limit: number,
  ): Promise<Result<readonly StoredRecord[], StoreTrouble>> {
    const level = await this.#usableLevel();
    return level.ok ? readRecords(level.value, this.name, { ...range, limit }) : level;
  }

  async commit(change: StoreChange): Promise<Result<void, LogProblem>> {
    const ready = this.#failed === null ? ok(undefined) : await this.#recover(this.#failed);
    if (!ready.ok) {
      return ready;
    }
    const level = await this.#usableLevel();
    return level.ok ? this.#write(level.value, change) : level;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#level?.close();
    this.#level = null;
  }

  async #write(level: Level, change: StoreChange): Promise<Result<void, LogProblem>> {
    try {
      await level.batch(operationsOf(change), { sync: true });
    } catch (cause) {
      this.#failed = change;
      return failure(describeWriteFailure(this.name, cause));
    }
    for (const topic of change.topics) {
      this.#committed.set(topic.id, topic);
    }
    return ok(undefined);
  }

  /**
   * After a failed write the journal may end in half a record, and a record appended after that would be lost
   * at the next start: so nothing is written before the store has been opened anew and the failed change taken back.
   * Until the disk has room for that the store stays open for reading.
   */
  async #recover(failed: StoreChange): Promise<Result<void, StoreTrouble>> {
    try {
      await probeRoom(this.name, await spaceNeededToReopen(this.name));
      await this.#level?.close();
      this.#level = null;
      const level = await this.#usableLevel();
      if (!level.ok) {
        return level;
      }
      const stored = await loadStoredTopics(level.value, this.name);
      if (!stored.ok) {
        return stored;
      }
      if (!this.#isAsCommitted(stored.value)) {
        await level.value.batch(this.#undoing(failed), { sync: true });
      }
      this.#failed = null;
      return ok(undefined);
    } catch (cause) {
      return failure(describeWriteFailure(this.name, cause));
    }
  }

  #isAsCommitted(stored: readonly StoredTopic[]): boolean {
    return (
      stored.length === this.#committed.size &&
      stored.every((topic) => {
        const known = this.#committed.get(topic.id);
        return known !== undefined && formatStoredTopic(known) === formatStoredTopic(topic);
      })
    );
  }

  #undoing(failed: StoreChange): ReturnType<typeof operationsOf> {
    const before = failed.topics.flatMap((topic) => this.#committed.get(topic.id) ?? []);
    const made = failed.topics.filter((topic) => !this.#committed.has(topic.id));
    const undone = operationsOf({ topics: before, puts: failed.deletes, deletes: failed.puts });
    return [
      ...undone,
      ...made.map((topic) => ({ type: 'del' as const, key: placeOfTopic(topic.id) })),
    ];
  }

  async #usableLevel(): Promise<Result<Level, StoreTrouble>> {
    if (this.#isClosed) {
      return failure(logClosed());
    }
    if (this.#level !== null) {
      return ok(this.#level);
    }
    // One opening serves everybody who waits for it: a second would find the store in use by the first.
    this.#opening ??= this.#reopen();
    return this.#opening;
  }

  async #reopen(): Promise<Result<Level, StoreTrouble>> {
    const opened = await openLevel(this.name);
    this.#opening = null;
    if (opened.ok) {
      this.#level = opened.value;
    }
    return opened;
  }
}

async function openLevel(folder: string): Promise<Result<Level, StoreTrouble>> {
  const level: Level = new ClassicLevel(folder, {
    keyEncoding: 'utf8',
    valueEncoding: 'buffer',
    writeBufferSize: JOURNAL_BYTES,
  });
  try {
    await level.open();
    return ok(level);
  } catch (cause) {
    await level.close();
    return failure(describeOpenFailure(folder, cause));
  }
}

async function checkFormat(level: Level, folder: string): Promise<Result<void, StoreTrouble>> {
  try {
    const format = await level.get(FORMAT_PLACE);
    if (format === undefined) {
      return (await isEmpty(level))
        ? await writeFormat(level, folder)
        : failure(damagedBy(folder, 'its format mark is missing'));
    }
    const number = Number(format.toString());
    if (!Number.isInteger(number) || number < 1) {
      return failure(damagedBy(folder, 'its format mark cannot be read'));
    }
    return number === STORE_FORMAT ? ok(undefined) : failure(storeTooNew(folder, number));
  } catch (cause) {
    return failure(describeOpenFailure(folder, cause));
  }
}

async function isEmpty(level: Level): Promise<boolean> {
  return (await level.keys({ limit: 1 }).all()).length === 0;
}

async function writeFormat(level: Level, folder: string): Promise<Result<void, StoreTrouble>> {
  try {
    await level.put(FORMAT_PLACE, Buffer.from(String(STORE_FORMAT)), { sync: true });
    return ok(undefined);
  } catch (cause) {
    return failure(describeWriteFailure(folder, cause));
  }
}

async function loadStoredTopics(
  level: Level,
  folder: string,
): Promise<Result<readonly StoredTopic[], StoreTrouble>> {
  try {
    const topics: StoredTopic[] = [];
    for await (const [place, bytes] of level.iterator({ gte: TOPICS_FROM, lt: TOPICS_BELOW })) {
      const topic = parseStoredTopic(place, bytes.toString());
      if (!topic.ok) {
        return failure(damagedBy(folder, topic.error));
      }
      topics.push(topic.value);
    }
    return ok(topics);
  } catch (cause) {
    return failure(describeOpenFailure(folder, cause));
  }
}

async function readRecords(
  level: Level,
  folder: string,
  range: StoreRange & { readonly limit: number },
): Promise<Result<readonly StoredRecord[], StoreTrouble>> {
  try {
    const entries = await level
      .iterator({
        gte: placeOf(range.topicId, range.from),
        lt: placeOf(range.topicId, range.below),
        limit: range.limit,
        highWaterMarkBytes: 1_048_576,
      })
      .all();
    return ok(entries.map(([place, bytes]) => ({ offset: offsetOfPlace(place), bytes })));
  } catch (cause) {
    return failure(describeOpenFailure(folder, cause));
  }
}

function operationsOf(change: StoreChange) {
  const topics = change.topics.map((topic) => ({
    type: 'put' as const,
    key: placeOfTopic(topic.id),
    value: Buffer.from(formatStoredTopic(topic)),
  }));
  const puts = change.puts.map((put) => ({
    type: 'put' as const,
    key: placeOf(put.topicId, put.offset),
    value: put.bytes,
  }));
  const deletes = change.deletes.map((place) => ({
    type: 'del' as const,
    key: placeOf(place.topicId, place.offset),
  }));
  return [...topics, ...puts, ...deletes];
}

function damagedBy(folder: string, damage: string): StoreTrouble {
  return { ...storeDamaged(folder, damage), damage };
}
