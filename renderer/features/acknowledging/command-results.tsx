import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { Command, Entry } from '../../stores/command-store.ts';
import { rowsOf } from '../../stores/offers.ts';
import { useReasonNotLive, useStores } from '../../stores/stores.tsx';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/time-text.ts';
import { groupSentence, type ResultGroup, resultGroups } from './result-groups.ts';

/** As many refusals are listed by name; the rest is counted. */
const LISTED = 6;

/** How the operator's commands ended: what was refused or never confirmed stays until it is read and closed. */
export function CommandResults(): ReactElement {
  const { commands } = useStores();
  const entries = useStore(commands, (state) => state.entries);
  const groups = resultGroups(entries.values());
  return (
    <section className="results" aria-label="Results of commands" aria-live="polite">
      {groups.map((group) => (
        <Group key={group.key} group={group} />
      ))}
    </section>
  );
}

function Group({ group }: { readonly group: ResultGroup }): ReactElement {
  const stores = useStores();
  const notLive = useReasonNotLive();
  const names = group.entries.map((entry) => entry.name);
  return (
    <div className={`result result-${group.state}`}>
      <div>
        <p>
          <b>{groupSentence(group)}</b>
        </p>
        <Refusals entries={group.entries} />
      </div>
      {group.state === 'unconfirmed' ? (
        <Button reasonOff={notLive} onPress={() => retry(stores, group.entries)}>
          Try again
        </Button>
      ) : null}
      {group.state === 'done' ? null : (
        <Button kind="quiet" label="Close" onPress={() => stores.commands.dismissed(names)}>
          ✕
        </Button>
      )}
    </div>
  );
}

function Refusals({ entries }: { readonly entries: readonly Entry[] }): ReactElement | null {
  const refused = entries.flatMap((entry) => (entry.state === 'refused' ? [entry] : []));
  if (refused.length === 0) return null;
  return (
    <ul>
      {refused.slice(0, LISTED).map(({ name, refusal }) => (
        <li key={name}>
          {refused.length > 1 ? <b>{name}: </b> : null}
          {refusal.message} {refusal.nextStep}
        </li>
      ))}
      {refused.length > LISTED ? <li>and {count(refused.length - LISTED)} more</li> : null}
    </ul>
  );
}

/** Sends each command again as it was, from the rows as they are now. */
function retry(stores: ReturnType<typeof useStores>, entries: readonly Entry[]): void {
  const byCommand = new Map<Command, string[]>();
  for (const { command, name } of entries) {
    byCommand.set(command, [...(byCommand.get(command) ?? []), name]);
  }
  for (const [command, names] of byCommand) {
    void stores.commands.sent({ ...command, rows: rowsOf(stores.feed.index, names) });
  }
}
