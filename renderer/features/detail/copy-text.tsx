import { type ReactElement, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';

/** Text that somebody wants elsewhere: shown whole, with a button that copies it, or marks it where copying is not allowed. */
export function CopyText(props: { readonly text: string; readonly what: string }): ReactElement {
  const { text, what } = props;
  const shown = useRef<HTMLElement>(null);
  const [answer, setAnswer] = useState('');
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setAnswer('Copied.');
    } catch {
      markAll(shown.current);
      setAnswer('Marked: Ctrl+C copies it.');
    }
  }
  return (
    <p className="copy">
      <code ref={shown}>{text}</code>
      <Button label={`Copy the ${what}`} onPress={() => void copy()}>
        Copy
      </Button>
      <span role="status">{answer}</span>
    </p>
  );
}

function markAll(element: HTMLElement | null): void {
  const selection = window.getSelection();
  if (element === null || selection === null) return;
  selection.selectAllChildren(element);
}
