import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { type ActionId, act, currentUndo } from '../../stores/actions.ts';
import { type Offer, offersFor, rowsOf } from '../../stores/offers.ts';
import { useReasonNotLive, useStores } from '../../stores/stores.tsx';
import { useAlarmRow } from '../../stores/use-sorted-view.ts';
import { Button } from '../../ui/button.tsx';

/** The actions on what is selected; what cannot be done says why. */
export function ActionBar(): ReactElement {
  const stores = useStores();
  const notLive = useReasonNotLive();
  const { active, selected } = useStore(stores.selection);
  useAlarmRow(active);
  useStore(stores.commands, (state) => state.undoable);
  const offers = offersFor(rowsOf(stores.feed.index, selected), notLive);
  const press = (action: ActionId) => () => void act(stores, action);
  const isShelved = offers.unshelve.rows.length > 0;
  return (
    <fieldset className="actions" aria-label="Actions">
      <Button
        kind="primary"
        shortcut="A"
        reasonOff={offers.acknowledge.reasonOff}
        onPress={press('acknowledge')}
      >
        Acknowledge{many(offers.acknowledge, selected.size)}
      </Button>
      <Button shortcut="S" reasonOff={offers.shelve.reasonOff} onPress={press('shelve')}>
        Shelve{many(offers.shelve, selected.size)}…
      </Button>
      {isShelved ? (
        <Button shortcut="U" reasonOff={offers.unshelve.reasonOff} onPress={press('unshelve')}>
          Unshelve{many(offers.unshelve, selected.size)}
        </Button>
      ) : null}
      <UndoButton onPress={press('undo')} />
    </fieldset>
  );
}

function UndoButton(props: { readonly onPress: () => void }): ReactElement | null {
  const { reasonOff } = currentUndo(useStores());
  if (reasonOff !== null) return null;
  return (
    <Button kind="quiet" shortcut="Z" onPress={props.onPress}>
      Undo
    </Button>
  );
}

function many(offer: Offer, selected: number): string {
  return selected > 1 && offer.rows.length > 0 ? ` ${offer.rows.length}` : '';
}
