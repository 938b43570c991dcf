import { describe, expect, it } from 'vitest';
import {
  formatStoredTopic,
  parseStoredTopic,
  placeOfTopic,
} from '../../../../adapters/embedded/topic-entry.ts';

const TOPIC = {
  id: 2,
  topic: 'shelved-alarms',
  settings: { 'cleanup.policy': 'compact' },
  next: 12,
  count: 7,
};

describe('a stored topic', () => {
  it('gives back what was written', () => {
    expect(parseStoredTopic(placeOfTopic(2), formatStoredTopic(TOPIC))).toEqual({
      ok: true,
      value: TOPIC,
    });
  });

  it('is found to be damaged at any changed character, and in another place', () => {
    const text = formatStoredTopic(TOPIC);
    for (let at = 0; at < text.length; at += 1) {
      const changed = `${text.slice(0, at)}~${text.slice(at + 1)}`;
      expect(parseStoredTopic(placeOfTopic(2), changed)).toMatchObject({ ok: false });
    }
    expect(parseStoredTopic(placeOfTopic(3), text)).toMatchObject({ ok: false });
    expect(parseStoredTopic(placeOfTopic(2), '')).toMatchObject({ ok: false });
  });
});
