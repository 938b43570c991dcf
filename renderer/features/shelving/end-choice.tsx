import type { ReactElement } from 'react';
import type { AlarmRow } from '../../../core/effective-state/alarm-row.ts';
import { Button } from '../../ui/button.tsx';
import { durationText } from '../../ui/time-text.ts';
import {
  isOpenEndAllowed,
  type KnownLimits,
  PRESETS_MS,
  presetOff,
  type ShelveEnd,
} from './shelve-plan.ts';

/** What the choice of an end needs. */
export interface EndChoiceProps {
  readonly end: ShelveEnd;
  readonly rows: readonly AlarmRow[];
  readonly limits: KnownLimits;
  readonly onChoose: (end: ShelveEnd) => void;
}

/** Until when: presets, a moment, or (where nothing forbids it) until somebody unshelves. */
export function EndChoice({ end, rows, limits, onChoose }: EndChoiceProps): ReactElement {
  return (
    <fieldset className="shelve-presets">
      <legend>For how long</legend>
      {PRESETS_MS.map((durationMs) => (
        <Button
          key={durationMs}
          isFirst={end.end === 'after' && end.durationMs === durationMs}
          isPressed={end.end === 'after' && end.durationMs === durationMs}
          reasonOff={presetOff(rows, limits, durationMs)}
          onPress={() => onChoose({ end: 'after', durationMs })}
        >
          {durationText(durationMs)}
        </Button>
      ))}
      <Button
        isPressed={end.end === 'at'}
        onPress={() => onChoose({ end: 'at', typed: end.end === 'at' ? end.typed : '' })}
      >
        until…
      </Button>
      {isOpenEndAllowed(rows, limits) ? (
        <Button isPressed={end.end === 'open'} onPress={() => onChoose({ end: 'open' })}>
          until unshelved
        </Button>
      ) : null}
      {end.end === 'at' ? (
        <input
          type="datetime-local"
          aria-label="Shelve until"
          value={end.typed}
          onChange={(event) => onChoose({ end: 'at', typed: event.target.value })}
        />
      ) : null}
    </fieldset>
  );
}
