import { describe, expect, it } from 'vitest';
import { problemOfStatus } from '../../../../adapters/schema-registry/schema-problem.ts';

const URL = 'http://registry:8081';

describe('schema problem', () => {
  it.each([404, 500, 422])(
    'ends the registry’s own words of status %d with one full stop',
    (status) => {
      for (const detail of [
        "No content with ID '255' was found.",
        "No content with ID '255' was found",
      ]) {
        expect(problemOfStatus(URL, status, detail).message).toMatch(/'255' was found\.$/);
      }
    },
  );
});
