import type { ReactElement, ReactNode } from 'react';

/** What a button needs. `reasonOff` turns it off and says why in its tool tip. */
export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly kind?: 'plain' | 'primary' | 'quiet';
  readonly reasonOff?: string | null;
  readonly shortcut?: string;
  readonly label?: string;
  readonly isPressed?: boolean;
  /** Gets the focus when the dialog around it opens. */
  readonly isFirst?: boolean;
  /** Sends the form that it is in, so that Enter in a field does it too. */
  readonly isSubmit?: boolean;
}

/**
 * A button of the console. One that is off keeps its focus and its tool tip (aria-disabled), so that the reason can be read
 * by keyboard too.
 */
export function Button(props: ButtonProps): ReactElement {
  const { children, onPress, kind = 'plain', reasonOff = null, shortcut, label } = props;
  const isOff = reasonOff !== null;
  return (
    <button
      type={props.isSubmit === true ? 'submit' : 'button'}
      data-autofocus={props.isFirst === true ? '' : undefined}
      className={`button button-${kind}`}
      aria-disabled={isOff}
      aria-label={label}
      aria-pressed={props.isPressed}
      aria-keyshortcuts={shortcut}
      title={reasonOff ?? undefined}
      onClick={(event) => {
        if (isOff) event.preventDefault();
        else onPress();
      }}
    >
      {children}
      {shortcut === undefined ? null : (
        <span className="kbd" aria-hidden="true">
          {shortcut}
        </span>
      )}
    </button>
  );
}
