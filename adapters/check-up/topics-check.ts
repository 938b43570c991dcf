import type { TopicSpec, TopicState } from '../../core/ports/alarm-log.ts';
import { checkTopic } from '../../schemas/topic-check.ts';
import { ALARM_JOURNAL, ALARM_OCCURRENCES } from '../../schemas/topics.ts';

/** What one topic is like, in words. */
export interface TopicFinding {
  readonly topic: string;
  readonly finding: 'ok' | 'missing' | 'warning';
  readonly message: string;
}

/** What the topics of a log are like, in words, and which of them can be read. */
export interface TopicCheck {
  readonly findings: readonly TopicFinding[];
  readonly missing: readonly string[];
  /** Those that state is read from. */
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
  const present = specs
    .map(({ topic }) => topic)
    .filter((topic) => topic !== ALARM_JOURNAL && !missing.includes(topic));
  return {
    findings,
    missing,
    present,
    missingForReading: missing.filter((topic) => !DISPENSABLE.has(topic)),
  };
}

/** Without these an alarm log can be watched all the same. */
const DISPENSABLE: ReadonlySet<string> = new Set([ALARM_OCCURRENCES, ALARM_JOURNAL]);

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
  const found = checkTopic(state, spec);
  const complaints = found.filter(({ severity }) => severity !== 'note');
  const told = complaints.length > 0 ? complaints : found;
  const message = told.map((one) => `${one.message} ${one.remedy}`).join(' ');
  return complaints.length > 0
    ? { topic, finding: 'warning', message }
    : { topic, finding: 'ok', message: message || `The topic ${topic} is as it should be.` };
}

function missingSentence(topic: string): string {
  if (topic === ALARM_JOURNAL) {
    return `The topic ${topic} is missing: no history of the alarms is kept.`;
  }
  return topic === ALARM_OCCURRENCES
    ? `The topic ${topic} is missing: no keeper can run, so an alarm that came and went while no console watched may go unseen.`
    : `The topic ${topic} is missing.`;
}
