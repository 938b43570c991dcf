import { jsonText } from '../../schemas/codecs/avro-json.ts';
import type { CommandCall } from '../command/command.ts';
import { DONE, type Outcome } from '../command/outcome.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { textTable } from './text-table.ts';

/** Prints things as a table, or with --json each as an object on a line of its own. */
export async function printRows<T>(
  { given, terminal }: CommandCall,
  things: readonly T[],
  head: readonly string[],
  cellsOf: (thing: T) => readonly string[],
): Promise<Outcome> {
  if (given.has(JSON_LINES)) {
    await terminal.write(things.map((thing) => `${jsonText(thing)}\n`).join(''));
  } else if (things.length > 0) {
    await terminal.write(textTable([head, ...things.map(cellsOf)]));
  }
  return DONE;
}
