import { describe, expect, it } from 'vitest';
import { checkTopic } from '../../../schemas/topic-check.ts';
import { settingThatMends } from '../../../schemas/topic-mend.ts';
import { TOPIC_SPECS } from '../../../schemas/topic-specs.ts';

/** As bad as a topic can be, by seed 0's own settings and a careless broker. */
const BAD = {
  'cleanup.policy': 'compact,delete',
  'delete.retention.ms': '100',
  'max.message.bytes': '1000',
  'message.timestamp.type': 'CreateTime',
  'min.insync.replicas': '1',
  'replication.factor': '3',
  'retention.ms': '604800000',
};

describe('settingThatMends', () => {
  it.each(TOPIC_SPECS)('mends every finding of $topic but its partitions', (spec) => {
    const bad = { topic: spec.topic, exists: true, partitions: 9, settings: BAD };
    const findings = checkTopic(bad, spec);
    const mends = findings.map((finding) => settingThatMends(finding, spec));
    const settings = { ...BAD };
    for (const mend of mends)
      if (mend !== null) Object.assign(settings, { [mend.name]: mend.value });
    expect(findings.length).toBeGreaterThanOrEqual(5);
    expect(checkTopic({ ...bad, settings }, spec).map(({ code }) => code)).toEqual([
      'SeveralPartitions',
    ]);
  });
});
