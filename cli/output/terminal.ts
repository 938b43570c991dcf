/** Where a command reads and writes: the process's own streams, or a test's. */
export interface Terminal {
  /** Writes text; answers when more may come, so that a slow reader of a pipe slows us down. */
  write(text: string): Promise<void>;
  /** One line for people, on the error stream; nothing in it breaks the line or steers the terminal. */
  tell(line: string): void;
  /** Whether what is written is read by a person who wants colours (NO_COLOR is honoured). */
  readonly hasColour: boolean;
  /** Asks a person; null where nobody can be asked. A secret is not shown as it is typed. */
  ask(question: string, isSecret?: boolean): Promise<string | null>;
  /** Everything that comes on the input stream. */
  readInput(): Promise<Uint8Array>;
  /**
   * Settles when the program is asked to end (SIGINT, SIGTERM). Who has asked for it ends in order; a program in which
   * nobody has is ended by the signal, at once.
   */
  readonly ended: Promise<void>;
}
