import { describe, expect, it } from 'vitest';
import { problemOfErrorCode } from '../../../../../adapters/kafka/connection/error-code.ts';

const ASKED = { doing: 'appending to active-alarms', address: 'kafka:9092' };

describe('problemOfErrorCode', () => {
  it.each([
    [1, 'HistoryLost', true],
    [2, 'Corrupt', true],
    [3, 'TopicMissing', true],
    [6, 'Unexpected', true],
    [7, 'TimedOut', true],
    [10, 'RecordTooLarge', false],
    [19, 'Unexpected', true],
    [29, 'NotAuthorized', false],
    [31, 'NotAuthorized', false],
    [32, 'Unexpected', false],
    [56, 'Unexpected', true],
    [9999, 'Unexpected', false],
  ])('code %i is %s', (errorCode, code, isRetriable) => {
    const problem = problemOfErrorCode(errorCode, ASKED);
    expect(problem).toMatchObject({ code, isRetriable });
    expect(problem.message).toContain('Kafka at kafka:9092 refused appending to active-alarms: ');
    expect(problem.remedy).toMatch(/\.$/);
  });

  it('names a code that it does not know, and what the broker said beside it', () => {
    const problem = problemOfErrorCode(9999, { ...ASKED, detail: 'policy X' });
    expect(problem.message).toContain('error code 9999 (policy X).');
  });
});
