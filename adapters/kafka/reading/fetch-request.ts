import type { ApiRange, WireRequest } from '../connection/cluster.ts';
import { ByteWriter } from '../protocol/byte-writer.ts';

/**
 * The versions of Fetch that we write and read: 4 is the first that knows batches of format 2, 10 the first
 * that brings zstd, 11 the last without tagged fields.
 */
export const FETCH_API: ApiRange = { apiKey: 1, apiName: 'Fetch', min: 4, max: 11 };

/** From which offset on to read a partition. */
export interface FetchPlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** Bounds of one fetch. One batch comes whatever the bounds, so that a large one cannot block the reading. */
export interface FetchBounds {
  /** How long the broker may wait for something new. */
  readonly waitMs: number;
  readonly partitionBytes: number;
  readonly responseBytes: number;
}

/**
 * Asks one broker for several partitions at once, committed records only, outside any fetch session and
 * any consumer group: nothing of it stays on the broker.
 */
export function fetchRequest(
  version: number,
  places: readonly FetchPlace[],
  bounds: FetchBounds,
): WireRequest {
  const writer = new ByteWriter();
  writer.int32(NO_REPLICA).int32(bounds.waitMs).int32(1).int32(bounds.responseBytes);
  writer.int8(READ_COMMITTED);
  if (version >= 7) {
    writer.int32(0).int32(WITHOUT_SESSION);
  }
  writer.array(byTopic(places), ([topic, partitions]) => {
    writer.string(topic).array(partitions, (place) => {
      writePlace(writer, version, place, bounds.partitionBytes);
    });
  });
  if (version >= 7) {
    writer.int32(0);
  }
  if (version >= 11) {
    writer.string('');
  }
  const { apiKey, apiName } = FETCH_API;
  return { apiKey, apiName, apiVersion: version, body: writer.finish() };
}

const NO_REPLICA = -1;
const READ_COMMITTED = 1;
const WITHOUT_SESSION = -1;
const UNKNOWN = -1;

function writePlace(
  writer: ByteWriter,
  version: number,
  place: FetchPlace,
  partitionBytes: number,
): void {
  writer.int32(place.partition);
  if (version >= 9) {
    writer.int32(UNKNOWN);
  }
  writer.int64(place.offset);
  if (version >= 5) {
    writer.int64(UNKNOWN);
  }
  writer.int32(partitionBytes);
}

function byTopic(places: readonly FetchPlace[]): readonly (readonly [string, FetchPlace[]])[] {
  const topics = new Map<string, FetchPlace[]>();
  for (const place of places) {
    const known = topics.get(place.topic);
    if (known === undefined) {
      topics.set(place.topic, [place]);
    } else {
      known.push(place);
    }
  }
  return [...topics];
}
