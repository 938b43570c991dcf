import type { TopicSpec, TopicState } from '../../core/ports/alarm-log.ts';
import type { SessionView } from '../../ipc/contract.ts';
import { TOMBSTONES_STAY_MS } from '../../schemas/topic-specs.ts';
import { ALARM_OCCURRENCES } from '../../schemas/topics.ts';

/** Shorter than this a console that was away for a while misses that alarms were cleared. */
const SHORTEST_TOMBSTONES_MS = 3_600_000;

export type TopicFinding = SessionView['topics'][number];

/** What the topics of a log are like, in words, and which of them can be read. */
export interface TopicCheck {
  readonly findings: readonly TopicFinding[];
  readonly missing: readonly string[];
  readonly present: readonly string[];
  /** Topics without which there is nothing to watch. */
  readonly missingForReading: readonly string[];
}

/** Compares the topics of a log with what they must be like. */
export function checkTopics(
  specs: readonly TopicSpec[],
  states: readonly TopicState[],
): TopicCheck {
  const findings = specs.map((spec) =>
    findingOf(
      spec,
      states.find((state) => state.topic === spec.topic),
    ),
  );
  const missing = findings.filter(isMissing).map(({ topic }) => topic);
  const present = specs.map(({ topic }) => topic).filter((topic) => !missing.includes(topic));
  return {
    findings,
    missing,
    present,
    missingForReading: missing.filter((topic) => topic !== ALARM_OCCURRENCES),
  };
}

/** What operators must be told as long as it holds; nothing while the log cannot be read at all. */
export function warningsOf(check: TopicCheck): readonly string[] {
  if (check.missingForReading.length > 0) return [];
  return check.findings
    .filter(({ finding, topic }) => finding === 'warning' || topic === ALARM_OCCURRENCES)
    .filter(({ finding }) => finding !== 'ok')
    .map(({ message }) => message);
}

function isMissing(finding: TopicFinding): boolean {
  return finding.finding === 'missing';
}

function findingOf(spec: TopicSpec, state: TopicState | undefined): TopicFinding {
  const { topic } = spec;
  if (state?.exists !== true) return { topic, finding: 'missing', message: missingSentence(topic) };
  const complaints = [
    partitionComplaint(spec, state),
    compactionComplaint(state),
    tombstoneComplaint(state),
  ].filter((complaint) => complaint !== null);
  return complaints.length === 0
    ? { topic, finding: 'ok', message: `The topic ${topic} is as it should be.` }
    : { topic, finding: 'warning', message: complaints.join(' ') };
}

function missingSentence(topic: string): string {
  return topic === ALARM_OCCURRENCES
    ? `The topic ${topic} is missing: no keeper can run, so an alarm that came and went while no console watched may go unseen.`
    : `The topic ${topic} is missing.`;
}

function partitionComplaint(spec: TopicSpec, state: TopicState): string | null {
  if (state.partitions <= spec.partitions) return null;
  return `The topic ${state.topic} has ${state.partitions} partitions instead of ${spec.partitions}: records of one alarm may be read in another order than they were written.`;
}

function compactionComplaint(state: TopicState): string | null {
  const policy = state.settings['cleanup.policy'];
  if (policy === undefined || policy === 'compact') return null;
  return `The topic ${state.topic} has cleanup.policy=${policy} instead of compact: alarms are forgotten when their records are old.`;
}

function tombstoneComplaint(state: TopicState): string | null {
  const text = state.settings['delete.retention.ms'];
  const staysMs = Number(text);
  if (text === undefined || !Number.isFinite(staysMs)) return null;
  if (staysMs >= SHORTEST_TOMBSTONES_MS) return null;
  return `The topic ${state.topic} has delete.retention.ms=${text}: a reader that is away for longer can miss that an alarm was cleared; ${TOMBSTONES_STAY_MS} is safe.`;
}
