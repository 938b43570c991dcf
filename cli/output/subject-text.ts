import type { Compatibility } from '../../adapters/schema-registry/schema-compatibility.ts';
import type { SubjectDifference } from '../../adapters/schema-registry/schema-difference.ts';
import { lineText } from '../../core/lib/line-text.ts';

/** How a subject stands to ours, and whether the registry would take ours as its next version. */
export interface SubjectCheck extends SubjectDifference, Compatibility {}

/** The same for people. */
export function subjectText({
  subject,
  difference,
  details,
  isCompatible,
  reasons,
}: SubjectCheck): string {
  const lines = [
    `${subject}: ${difference}${isCompatible ? '' : '; the registry would refuse ours'}`,
    ...details.map((detail) => `  ${detail}`),
    ...reasons.map((reason) => `  ${reason}`),
  ];
  return `${lines.map(lineText).join('\n')}\n`;
}
