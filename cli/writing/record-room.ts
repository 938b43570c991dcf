import type { LogAppend } from '../../core/ports/alarm-log.ts';
import type { Site } from '../site/site.ts';

/** `max.message.bytes` where neither topic nor broker sets it. */
const KAFKA_DEFAULT_BYTES = 1_048_588;

/** How many bytes a record of the topic may have: what its settings say, else the broker's default. */
export async function roomOf({ log }: Site, topic: string): Promise<number> {
  const states = await log.describeTopics([topic]);
  const text = states.ok ? states.value[0]?.settings['max.message.bytes'] : undefined;
  const bytes = text === undefined ? Number.NaN : Number(text);
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : KAFKA_DEFAULT_BYTES;
}

/** Why a record does not fit, naming the longest of the fields that it was made of; null where it fits. */
export function whyTooLarge(
  { topic, key, value }: LogAppend,
  room: number,
  json: unknown,
): string | null {
  const bytes = key.length + (value?.length ?? 0);
  if (bytes <= room) return null;
  const inValue = longestText('', json);
  const longest = key.length > inValue.bytes ? { field: 'the name', bytes: key.length } : inValue;
  return `the record has ${bytes} bytes, ${longest.bytes} of them in ${longest.field}, and ${topic} takes at most ${room} (max.message.bytes). Shorten ${longest.field}.`;
}

interface LongText {
  readonly field: string;
  readonly bytes: number;
}

function longestText(field: string, json: unknown): LongText {
  if (typeof json === 'string') return { field, bytes: Buffer.byteLength(json) };
  let longest: LongText = { field, bytes: 0 };
  if (typeof json !== 'object' || json === null) return longest;
  for (const [name, part] of Object.entries(json)) {
    const inside = longestText(name, part);
    if (inside.bytes > longest.bytes) longest = inside;
  }
  return longest;
}
