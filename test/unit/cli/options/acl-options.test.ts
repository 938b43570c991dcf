import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../../cli/command/parse-arguments.ts';
import { ACL_OPTIONS, aclFiltersOf, aclsOf } from '../../../../cli/options/acl-options.ts';
import { wordsOf } from '../../../support/command-words.ts';

function given(line: string) {
  const parsed = parseArguments({ options: ACL_OPTIONS, operands: [] }, wordsOf(line), {});
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

const ALICE = '--user alice --topic active-alarms';

describe('the rules that the options name', () => {
  it('allow from everywhere, one rule an operation', () => {
    const rule = {
      resource: 'topic',
      name: 'active-alarms',
      pattern: 'literal',
      principal: 'User:alice',
      host: '*',
      permission: 'allow',
    };
    expect(aclsOf(given(`${ALICE} --operation Write --operation Read`))).toEqual({
      ok: true,
      value: [
        { ...rule, operation: 'Read' },
        { ...rule, operation: 'Write' },
      ],
    });
  });

  it('deny, by prefix, from one address, of another kind of principal', () => {
    const line =
      '--user Group:g --group arch --prefixed --operation Read --host 10.0.0.1 --permission deny';
    expect(aclsOf(given(line))).toMatchObject({
      value: [
        {
          resource: 'group',
          pattern: 'prefixed',
          principal: 'Group:g',
          host: '10.0.0.1',
          permission: 'deny',
        },
      ],
    });
    expect(aclsOf(given('--user a --cluster --operation Alter'))).toMatchObject({
      value: [{ resource: 'cluster', name: 'kafka-cluster', pattern: 'literal' }],
    });
  });

  it.each([
    ['--topic t --operation Read', '--user is missing.'],
    ['--user a --operation Read', 'Give one of --topic, --group and --cluster.'],
    [ALICE, '--operation is missing.'],
    [`${ALICE} --cluster`, 'Give only one of --topic, --group and --cluster.'],
    ['--user a --prefixed --cluster', '--prefixed needs --topic or --group.'],
  ])('are refused for %j', (line, error) => {
    expect(aclsOf(given(line))).toEqual({ ok: false, error });
  });
});

describe('the filters that the options name', () => {
  it('leave open what is not given', () => {
    expect(aclFiltersOf(given(''), 'match')).toEqual({ ok: true, value: [{}] });
    expect(aclFiltersOf(given('--user alice'), 'literal')).toEqual({
      ok: true,
      value: [{ principal: 'User:alice' }],
    });
  });

  it('take a name without --prefixed as they are told', () => {
    const filters = aclFiltersOf(given('--topic t'), 'match');
    expect(filters).toMatchObject({ value: [{ name: 't', pattern: 'match' }] });
    const prefixed = aclFiltersOf(given('--topic t --prefixed'), 'match');
    expect(prefixed).toMatchObject({ value: [{ name: 't', pattern: 'prefixed' }] });
  });
});
