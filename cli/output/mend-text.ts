import type { TopicMend } from '../../adapters/kafka/administration/mend-topics.ts';

/** What is to be set on each topic and why, and what no setting can mend. */
export function mendText(mends: readonly TopicMend[]): string {
  return mends.map(textOf).join('');
}

function textOf({ topic, changes, beyond }: TopicMend): string {
  const lines = [
    ...changes.map(
      ({ setting, from, to, finding }) =>
        `${setting}: ${from ?? 'unset'} → ${to} (${finding.message})`,
    ),
    ...beyond.map(({ message, remedy }) => `no setting mends: ${message} ${remedy}`),
  ];
  if (lines.length === 0) return `${topic}: as it should be\n`;
  return [topic, ...lines.map((line) => `  ${line}`), ''].join('\n');
}
