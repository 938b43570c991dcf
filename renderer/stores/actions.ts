import { reasonNotLive } from './liveness.ts';
import { type Offers, offersFor, rowsOf, undoOffer } from './offers.ts';
import type { Stores } from './stores.tsx';

/** What the operator can ask for by button, key or palette. */
export type ActionId = 'acknowledge' | 'shelve' | 'unshelve' | 'undo';

/** What is offered for the present selection. */
export function currentOffers(stores: Stores): Offers {
  const { selected } = stores.selection.getState();
  const notLive = reasonNotLive(stores.feed.getState());
  const { entries } = stores.commands.getState();
  return offersFor(rowsOf(stores.feed.index, selected), notLive, entries);
}

/** Why an action is off now; null = it can be asked for. */
export function reasonOff(stores: Stores, action: ActionId): string | null {
  return action === 'undo'
    ? currentUndo(stores).reasonOff
    : currentOffers(stores)[action].reasonOff;
}

/** Does what was asked for; answers why not when it is off. */
export function act(stores: Stores, action: ActionId): string | null {
  const off = reasonOff(stores, action);
  if (off !== null) return off;
  switch (action) {
    case 'acknowledge':
      void stores.commands.sent({ verb: action, rows: currentOffers(stores).acknowledge.rows });
      return null;
    case 'unshelve':
      void stores.commands.sent({ verb: action, rows: currentOffers(stores).unshelve.rows });
      return null;
    case 'shelve':
      stores.console.dialogOpened({
        dialog: 'shelve',
        names: [...stores.selection.getState().selected],
      });
      return null;
    case 'undo':
      undo(stores);
      return null;
  }
}

/** What the last action of this operator was, and whether it can be taken back. */
export function currentUndo(stores: Stores): ReturnType<typeof undoOffer> {
  const notLive = reasonNotLive(stores.feed.getState());
  return undoOffer(stores.commands.getState(), stores.feed.index, notLive);
}

function undo(stores: Stores): void {
  const { rows } = currentUndo(stores);
  const verb =
    stores.commands.getState().undoable?.verb === 'shelve' ? 'unshelve' : 'unacknowledge';
  void stores.commands.sent({ verb, rows });
}
