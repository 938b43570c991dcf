import type { CommandVerb, Entry } from '../../stores/command-store.ts';
import { alarmsText } from '../../ui/time-text.ts';

/** Entries of one verb that ended the same way: one line of the results. */
export interface ResultGroup {
  readonly key: string;
  readonly verb: CommandVerb;
  readonly state: 'done' | 'unconfirmed' | 'refused';
  readonly entries: readonly Entry[];
}

/** The ended commands by verb and outcome, worst first. Pending ones are shown on their rows. */
export function resultGroups(entries: Iterable<Entry>): readonly ResultGroup[] {
  const groups = new Map<string, { group: ResultGroup; entries: Entry[] }>();
  for (const entry of entries) {
    if (entry.state === 'pending') continue;
    const { verb } = entry.command;
    const key = `${entry.state} ${verb}`;
    const known = groups.get(key);
    if (known !== undefined) known.entries.push(entry);
    else {
      const list = [entry];
      groups.set(key, { group: { key, verb, state: entry.state, entries: list }, entries: list });
    }
  }
  return [...groups.values()]
    .map(({ group }) => group)
    .sort((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state));
}

const WORST_FIRST: readonly ResultGroup['state'][] = ['refused', 'unconfirmed', 'done'];

const DONE: Readonly<Record<CommandVerb, string>> = {
  acknowledge: 'Acknowledged',
  unacknowledge: 'Took back the acknowledgement of',
  shelve: 'Shelved',
  unshelve: 'Unshelved',
};

const NOUN: Readonly<Record<CommandVerb, string>> = {
  acknowledge: 'Acknowledging',
  unacknowledge: 'Taking back the acknowledgement of',
  shelve: 'Shelving',
  unshelve: 'Unshelving',
};

/** The line of one group. */
export function groupSentence(group: ResultGroup): string {
  const only = group.entries.length === 1 ? group.entries[0]?.name : undefined;
  const what = only ?? alarmsText(group.entries.length);
  switch (group.state) {
    case 'done':
      return `${DONE[group.verb]} ${what}.`;
    case 'unconfirmed':
      return `${NOUN[group.verb]} ${what} is unconfirmed: ${only === undefined ? 'their records have' : 'its record has'} not come back through the log.`;
    case 'refused':
      return `${NOUN[group.verb]} ${what} was refused.`;
  }
}
