import { describe, expect, it } from 'vitest';
import { adminProblemOf } from '../../../../../adapters/kafka/administration/admin-problem.ts';

const ASKED = { doing: 'the reset of group g', address: 'kafka:9092', needs: 'Read on group g' };

describe('adminProblemOf', () => {
  it.each([
    [24, 'Invalid'],
    [25, 'GroupInUse'],
    [33, 'Invalid'],
    [42, 'Invalid'],
    [54, 'SecurityOff'],
    [68, 'GroupInUse'],
    [69, 'GroupMissing'],
    [73, 'Invalid'],
    [91, 'UserMissing'],
    [93, 'Invalid'],
    [3, 'TopicMissing'],
    [9999, 'Unexpected'],
  ])('code %i is %s, and the broker is quoted', (errorCode, code) => {
    const problem = adminProblemOf({ errorCode, detail: 'says so' }, ASKED);
    expect(problem.code).toBe(code);
    expect(problem.message).toContain('Kafka at kafka:9092 refused the reset of group g: ');
    expect(problem.message).toContain('(says so)');
  });

  it.each([29, 30, 31])('code %i names the right that is missing', (errorCode) => {
    const problem = adminProblemOf({ errorCode, detail: null }, ASKED);
    expect(problem).toMatchObject({ code: 'NotAuthorized', isRetriable: false });
    expect(problem.message).toContain('the user lacks the right Read on group g');
    expect(problem.remedy).toBe('Ask the administrator of Kafka for the right Read on group g.');
  });
});
