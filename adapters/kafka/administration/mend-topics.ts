import { failure, ok, type Result } from '../../../core/lib/result.ts';
import type { TopicSpec } from '../../../core/ports/alarm-log.ts';
import { checkTopic, type TopicFinding } from '../../../schemas/topic-check.ts';
import { settingThatMends } from '../../../schemas/topic-mend.ts';
import { ask } from '../connection/ask.ts';
import type { Cluster } from '../connection/cluster.ts';
import {
  INCREMENTAL_ALTER_CONFIGS,
  readIncrementalAlterConfigsResponse,
  type TopicSettings,
  writeIncrementalAlterConfigsRequest,
} from '../protocol/incremental-alter-configs.ts';
import { type AdminProblem, adminProblemOf } from './admin-problem.ts';
import { describeTopics } from './describe-topics.ts';
import { allSettingsOf } from './topic-details.ts';
import { untilInEffect } from './until-in-effect.ts';

/** What is wrong with a topic, and what setting it anew would mend. */
export interface TopicMend {
  readonly topic: string;
  readonly changes: readonly {
    readonly setting: string;
    readonly from: string | null;
    readonly to: string;
    readonly finding: TopicFinding;
  }[];
  /** What no setting can mend: a missing topic, the number of partitions or replicas. */
  readonly beyond: readonly TopicFinding[];
}

/** Compares topics with what they must be like. Changes nothing; a topic without findings has neither. */
export async function planMend(
  cluster: Cluster,
  specs: readonly TopicSpec[],
): Promise<Result<readonly TopicMend[], AdminProblem>> {
  const states = await describeTopics(
    cluster,
    specs.map(({ topic }) => topic),
  );
  if (!states.ok) return states;
  return ok(
    specs.map((spec, index) => {
      const state = states.value[index];
      const findings = state === undefined ? [] : checkTopic(state, spec);
      return mendOf(spec, findings, state?.settings ?? {});
    }),
  );
}

/**
 * Puts the settings of a plan, each by itself, so that every other override of the topic stays (kafkajs's own call would
 * take them all away). Answers when they are in force.
 */
export async function mendTopics(
  cluster: Cluster,
  mends: readonly TopicMend[],
): Promise<Result<void, AdminProblem>> {
  const wanted = mends.filter(({ changes }) => changes.length > 0).map(settingsOfMend);
  return putSettings(cluster, wanted);
}

/** Puts settings on topics, null to take the topic's own value away. Answers when they are in force. */
export async function putSettings(
  cluster: Cluster,
  wanted: readonly TopicSettings[],
): Promise<Result<void, AdminProblem>> {
  if (wanted.length === 0) return ok(undefined);
  const nodeId = await cluster.controller();
  if (!nodeId.ok) return nodeId;
  const answer = await ask(cluster, nodeId.value, {
    api: INCREMENTAL_ALTER_CONFIGS,
    body: writeIncrementalAlterConfigsRequest(wanted, false),
    read: readIncrementalAlterConfigsResponse,
  });
  if (!answer.ok) return answer;
  const refused = answer.value.find(({ errorCode }) => errorCode !== 0);
  if (refused !== undefined) {
    const doing = `the settings of topic ${refused.topic}`;
    const needs = `AlterConfigs on topic ${refused.topic}`;
    return failure(adminProblemOf(refused, { doing, address: cluster.address, needs }));
  }
  return untilInEffect('the settings', () => areInForce(cluster, wanted));
}

function mendOf(
  spec: TopicSpec,
  findings: readonly TopicFinding[],
  settings: Readonly<Record<string, string>>,
): TopicMend {
  const judged = findings.map((finding) => ({ finding, mend: settingThatMends(finding, spec) }));
  return {
    topic: spec.topic,
    changes: judged.flatMap(({ finding, mend }) =>
      mend === null
        ? []
        : [{ setting: mend.name, from: settings[mend.name] ?? null, to: mend.value, finding }],
    ),
    beyond: judged.filter(({ mend }) => mend === null).map(({ finding }) => finding),
  };
}

function settingsOfMend({ topic, changes }: TopicMend): TopicSettings {
  return { topic, settings: Object.fromEntries(changes.map(({ setting, to }) => [setting, to])) };
}

async function areInForce(
  cluster: Cluster,
  wanted: readonly TopicSettings[],
): Promise<Result<boolean, AdminProblem>> {
  for (const { topic, settings } of wanted) {
    const told = await allSettingsOf(cluster, topic);
    // Who may set them may not always see them: then the broker's word is all that there is.
    if (!told.ok && told.error.code === 'NotAuthorized') continue;
    // They have just been taken: a broker that knows no such topic has not heard of it yet.
    if (!told.ok && told.error.code === 'TopicMissing') return ok(false);
    if (!told.ok) return told;
    const { overridden, settings: actual } = told.value;
    const isDone = Object.entries(settings).every(([name, value]) =>
      value === null ? !overridden.includes(name) : actual[name] === value,
    );
    if (!isDone) return ok(false);
  }
  return ok(true);
}
