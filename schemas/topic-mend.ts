import type { TopicSpec } from '../core/ports/alarm-log.ts';
import { RECORD_BYTES, type TopicFinding, type TopicFindingCode } from './topic-check.ts';
import { JOURNAL_KEPT_MS, TOMBSTONES_STAY_MS } from './topic-specs.ts';

/** One setting of a topic. */
export interface TopicSetting {
  readonly name: string;
  readonly value: string;
}

/** The setting that mends a finding (docs/decisions/0001-topic-settings.md); null where no setting can. */
export function settingThatMends(finding: TopicFinding, spec: TopicSpec): TopicSetting | null {
  const [name, usual] = MENDED_BY[finding.code] ?? [];
  if (name === undefined || usual === undefined) return null;
  return { name, value: spec.settings[name] ?? usual };
}

const MENDED_BY: Partial<Record<TopicFindingCode, readonly [string, string]>> = {
  NotCompacted: ['cleanup.policy', 'compact'],
  RecordsExpire: ['cleanup.policy', 'compact'],
  HistoryCompacted: ['cleanup.policy', 'delete'],
  HistoryShort: ['retention.ms', String(JOURNAL_KEPT_MS)],
  TombstonesShortLived: ['delete.retention.ms', String(TOMBSTONES_STAY_MS)],
  AcknowledgedByOne: ['min.insync.replicas', '2'],
  NoReplicaToSpare: ['min.insync.replicas', '2'],
  NotStampedByLog: ['message.timestamp.type', 'LogAppendTime'],
  SmallRecords: ['max.message.bytes', String(RECORD_BYTES)],
};
