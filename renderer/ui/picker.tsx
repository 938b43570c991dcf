import { type ReactElement, useEffect, useId, useRef, useState } from 'react';

/** One thing that can be picked. */
export interface PickerChoice {
  readonly value: string;
  readonly text: string;
}

/** What a picker needs. With `isSingle` one choice holds at a time. */
export interface PickerProps {
  readonly title: string;
  readonly choices: readonly PickerChoice[];
  readonly picked: readonly string[];
  readonly onPick: (values: readonly string[]) => void;
  readonly isSingle?: boolean;
  /** The button does not say what is picked. */
  readonly isQuiet?: boolean;
}

/** A button that opens a short list of choices. Its text says what is picked, so that a filter is never out of sight. */
export function Picker(props: PickerProps): ReactElement {
  const { title, choices, picked, onPick, isSingle } = props;
  const [isOpen, setIsOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const listId = useId();
  useCloseOutside(root, isOpen, (isByKey) => {
    setIsOpen(false);
    if (isByKey) button.current?.focus();
  });
  const summary = props.isQuiet === true ? '' : summaryOf(choices, picked);
  return (
    <div className="picker" ref={root}>
      <button
        type="button"
        ref={button}
        className="button"
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => setIsOpen(!isOpen)}
      >
        {summary === '' ? title : `${title}: ${summary}`} <span aria-hidden="true">▾</span>
      </button>
      {isOpen ? (
        <fieldset className="picker-list" id={listId}>
          <legend className="unseen">{title}</legend>
          {choices.length === 0 ? <p className="dim">None in use.</p> : null}
          {choices.map((choice) => (
            <label key={choice.value}>
              <input
                type={isSingle === true ? 'radio' : 'checkbox'}
                name={listId}
                checked={picked.includes(choice.value)}
                onChange={() => onPick(next(picked, choice.value, isSingle === true))}
              />
              {choice.text}
            </label>
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}

function next(picked: readonly string[], value: string, isSingle: boolean): readonly string[] {
  if (isSingle) return [value];
  return picked.includes(value) ? picked.filter((one) => one !== value) : [...picked, value];
}

function summaryOf(choices: readonly PickerChoice[], picked: readonly string[]): string {
  const texts = choices.filter((one) => picked.includes(one.value)).map((one) => one.text);
  return texts.length > 2 ? `${texts.length} of ${choices.length}` : texts.join(', ');
}

/** A press elsewhere closes the list, and so does Esc inside it. */
function useCloseOutside(
  root: { readonly current: HTMLElement | null },
  isOpen: boolean,
  close: (isByKey: boolean) => void,
): void {
  useEffect(() => {
    if (!isOpen) return;
    const isInside = (target: EventTarget | null): boolean =>
      target instanceof Node && root.current?.contains(target) === true;
    const onPress = (event: PointerEvent): void => {
      if (!isInside(event.target)) close(false);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !isInside(event.target)) return;
      event.stopPropagation();
      close(true);
    };
    document.addEventListener('pointerdown', onPress);
    document.addEventListener('keydown', onKey, { capture: true });
    return () => {
      document.removeEventListener('pointerdown', onPress);
      document.removeEventListener('keydown', onKey, { capture: true });
    };
  });
}
