/** Sixteen bytes as a hex view shows them. */
export interface HexLine {
  /** Where the line begins, four hex digits or more. */
  readonly offset: string;
  readonly bytes: string;
  /** The printable characters, a dot for the rest. */
  readonly text: string;
}

const PER_LINE = 16;

/** Bytes given as hex digits, sixteen a line. */
export function hexLines(hex: string): readonly HexLine[] {
  const bytes = hex.match(/../g) ?? [];
  return Array.from({ length: Math.ceil(bytes.length / PER_LINE) }, (_, line) => {
    const part = bytes.slice(line * PER_LINE, (line + 1) * PER_LINE);
    return {
      offset: (line * PER_LINE).toString(16).padStart(4, '0'),
      bytes: part.join(' ').padEnd(PER_LINE * 3 - 1),
      text: part.map(printable).join(''),
    };
  });
}

function printable(byte: string): string {
  const code = Number.parseInt(byte, 16);
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.';
}
