import { describe, expect, it } from 'vitest';
import {
  groupSentence,
  resultGroups,
} from '../../../../../renderer/features/acknowledging/result-groups.ts';
import type { Entry } from '../../../../../renderer/stores/command-store.ts';
import { anAlarmRow } from '../../../../builders/an-alarm-row.ts';

function entry(name: string, state: 'pending' | 'done' | 'unconfirmed'): Entry {
  const command = { verb: 'acknowledge', rows: [anAlarmRow()] } as const;
  return { name, command, commandId: name, sentAt: 0, state };
}

const refused: Entry = {
  ...entry('c', 'pending'),
  state: 'refused',
  refusal: { code: 'AlarmedAgain', message: 'c alarmed again.', nextStep: 'Look.' },
};

describe('result groups', () => {
  it('says the worst first and nothing of what is still pending', () => {
    const groups = resultGroups([
      entry('a', 'done'),
      entry('b', 'done'),
      entry('p', 'pending'),
      entry('u', 'unconfirmed'),
      refused,
    ]);
    expect(groups.map(groupSentence)).toEqual([
      'Acknowledging c was refused.',
      'Acknowledging u is unconfirmed: its record has not come back through the log.',
      'Acknowledged 2 alarms.',
    ]);
  });
});
