import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../renderer/stores/command-store.ts';
import { commandText } from '../../../../renderer/ui/alarm-cells.tsx';
import { anAlarmRow } from '../../../builders/an-alarm-row.ts';

describe('alarm cells', () => {
  it('begin with the word that matters, where a narrow column cuts the rest', () => {
    expect(commandText(entryOf('unconfirmed'))).toBe('unconfirmed: acknowledging…');
    expect(commandText(entryOf('pending'))).toBe('acknowledging… pending');
  });

  it('show the state itself once a command is done', () => {
    expect(commandText(entryOf('done'))).toBeNull();
  });
});

function entryOf(state: 'pending' | 'unconfirmed' | 'done'): Entry {
  const row = anAlarmRow();
  const command = { verb: 'acknowledge', rows: [row] } as const;
  return { name: row.name, command, commandId: 'id', sentAt: 0, state };
}
