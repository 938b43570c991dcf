import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { type ActionId, act, currentOffers, currentUndo } from '../../stores/actions.ts';
import type { Offer } from '../../stores/offers.ts';
import { useNow, useReasonNotLive, useStores } from '../../stores/stores.tsx';
import { useAlarmRow } from '../../stores/use-sorted-view.ts';
import { Button } from '../../ui/button.tsx';
import { targetText, undoText } from './action-text.ts';

/** The actions on what is selected; what cannot be done says why. */
export function ActionBar(): ReactElement {
  const stores = useStores();
  const { active, selected } = useStore(stores.selection);
  useStore(stores.commands);
  useReasonNotLive();
  useAlarmRow(active);
  // The others that are selected change too: a look once a second keeps the counts true at a price that no flood raises.
  useNow();
  const { acknowledge, shelve, unshelve } = currentOffers(stores);
  const target = targetText(active, selected);
  const press = (action: ActionId) => () => void act(stores, action);
  return (
    <fieldset className="actions" aria-label="Actions">
      {target === null ? null : <p className="actions-target">{target}</p>}
      <Button
        kind="primary"
        shortcut="A"
        reasonOff={acknowledge.reasonOff}
        onPress={press('acknowledge')}
      >
        Acknowledge{many(acknowledge, selected.size)}
      </Button>
      <Button shortcut="S" reasonOff={shelve.reasonOff} onPress={press('shelve')}>
        Shelve{many(shelve, selected.size)}…
      </Button>
      {unshelve.rows.length > 0 ? (
        <Button shortcut="U" reasonOff={unshelve.reasonOff} onPress={press('unshelve')}>
          Unshelve{many(unshelve, selected.size)}
        </Button>
      ) : null}
      <UndoButton active={active} onPress={press('undo')} />
    </fieldset>
  );
}

function UndoButton(props: {
  readonly active: string | null;
  readonly onPress: () => void;
}): ReactElement | null {
  const stores = useStores();
  const { reasonOff, rows } = currentUndo(stores);
  if (reasonOff !== null) return null;
  const verb = stores.commands.getState().undoable?.verb;
  return (
    <Button kind="quiet" shortcut="Z" onPress={props.onPress}>
      {undoText(verb, rows, props.active)}
    </Button>
  );
}

function many(offer: Offer, selected: number): string {
  return selected > 1 && offer.rows.length > 0 ? ` ${offer.rows.length}` : '';
}
