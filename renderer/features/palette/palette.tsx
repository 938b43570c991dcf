import { type KeyboardEvent, type ReactElement, useId, useState } from 'react';
import { useStores } from '../../stores/stores.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LevelShape } from '../../ui/level-shape.tsx';
import { STATE_PRESENTATION } from '../../ui/presentation.ts';
import {
  PALETTE_LINES,
  type PaletteAction,
  type PaletteItem,
  paletteItems,
} from './palette-items.ts';

/** What the palette needs: the actions come from the frame, since they reach every page. */
export interface PaletteProps {
  readonly actions: readonly PaletteAction[];
  readonly onShow: (name: string) => void;
  readonly onClose: () => void;
}

/** Every action and every alarm by name. */
export function Palette({ actions, onShow, onClose }: PaletteProps): ReactElement {
  const { index } = useStores().feed;
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const items = paletteItems(typed, actions, index);
  const chosen = Math.min(at, items.length - 1);
  const pick = (item: PaletteItem | undefined): void => {
    if (item === undefined || (item.item === 'action' && item.action.reasonOff !== null)) return;
    onClose();
    // What is picked may move the focus, which nothing outside can take while the dialog stands.
    setTimeout(() => {
      if (item.item === 'action') item.action.run();
      else onShow(item.row.name);
    }, 0);
  };
  return (
    <Dialog title="Find an action or an alarm" onClose={onClose}>
      <div className="dialog-body">
        <input
          type="text"
          role="combobox"
          data-autofocus
          aria-label="Action or alarm"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={chosen < 0 ? undefined : `${listId}-${chosen}`}
          autoComplete="off"
          spellCheck={false}
          placeholder="Name of an action or an alarm"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') pick(items[chosen]);
            else setAt(moved(event, chosen, items.length));
          }}
        />
        <div className="palette-list" role="listbox" id={listId} aria-label="Found" tabIndex={-1}>
          {items.map((item, line) => (
            <Line
              key={item.item === 'action' ? item.action.id : `alarm ${item.row.name}`}
              id={`${listId}-${line}`}
              item={item}
              isChosen={line === chosen}
              onPick={() => pick(item)}
            />
          ))}
          {items.length >= PALETTE_LINES ? (
            <p className="dim">There may be more: type on to narrow it down.</p>
          ) : null}
          {items.length === 0 ? <p className="dim">No action and no alarm is called so.</p> : null}
        </div>
      </div>
    </Dialog>
  );
}

function moved(event: KeyboardEvent, at: number, count: number): number {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return at;
  event.preventDefault();
  return Math.min(count - 1, Math.max(0, at + step));
}

function Line(props: {
  readonly id: string;
  readonly item: PaletteItem;
  readonly isChosen: boolean;
  readonly onPick: () => void;
}): ReactElement {
  const { id, item, isChosen, onPick } = props;
  const reasonOff = item.item === 'action' ? item.action.reasonOff : null;
  return (
    <button
      type="button"
      role="option"
      id={id}
      tabIndex={-1}
      className="palette-line"
      aria-selected={isChosen}
      aria-disabled={reasonOff !== null}
      ref={(element) => {
        if (isChosen) element?.scrollIntoView?.({ block: 'nearest' });
      }}
      onClick={onPick}
    >
      {item.item === 'alarm' ? (
        <>
          <LevelShape level={item.row.level} state={item.row.effective} />
          <b>{item.row.name}</b>
          <span className="dim">{STATE_PRESENTATION[item.row.effective].word}</span>
        </>
      ) : (
        <>
          <span>{item.action.text}</span>
          {reasonOff === null ? (
            <span className="kbd">{item.action.shortcut}</span>
          ) : (
            <span className="dim">{reasonOff}</span>
          )}
        </>
      )}
    </button>
  );
}
