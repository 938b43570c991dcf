import { type ReactElement, useState } from 'react';
import type { AlarmRow } from '../../../core/effective-state/alarm-row.ts';
import type { Entry } from '../../stores/command-store.ts';
import { rowsOf } from '../../stores/offers.ts';
import { useNow, useReasonNotLive, useStores } from '../../stores/stores.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { alarmsText, count } from '../../ui/time-text.ts';
import { EndChoice } from './end-choice.tsx';
import {
  limitsText,
  planShelving,
  proposedEnd,
  REASONS,
  reasonText,
  type ShelveDraft,
  type ShelveEnd,
} from './shelve-plan.ts';
import { useLimits } from './use-limits.ts';

/** What the dialog needs. */
export interface ShelveDialogProps {
  readonly names: readonly string[];
  readonly onClose: () => void;
}

/** Before an end is chosen, `end` is null: it is proposed by what is known of the limits. */
type TypedDraft = Omit<ShelveDraft, 'end'> & { readonly end: ShelveEnd | null };

const EMPTY_DRAFT: TypedDraft = { end: null, reason: '', note: '' };
const NAMED = 5;

/** Until when, why, and what will happen. What is refused is listed, and what was typed stays. */
export function ShelveDialog({ names, onClose }: ShelveDialogProps): ReactElement {
  const stores = useStores();
  const nowAt = useNow();
  const notLive = useReasonNotLive();
  const limits = useLimits(names);
  const [typed, setTyped] = useState(EMPTY_DRAFT);
  const [refused, setRefused] = useState<readonly Entry[]>([]);
  const [isSending, setIsSending] = useState(false);
  const left = refused.length === 0 ? names : refused.map((entry) => entry.name);
  const rows = rowsOf(stores.feed.index, left);
  const draft = { ...typed, end: typed.end ?? proposedEnd(rows, limits) };
  const plan = planShelving(rows, limits, draft, nowAt);
  const off = notLive ?? (isSending ? 'It is being sent.' : plan.reasonOff);

  async function send(): Promise<void> {
    if (off !== null) return;
    setIsSending(true);
    const { untilAt } = plan;
    const command = {
      verb: 'shelve',
      rows: plan.rows,
      untilAt,
      reason: reasonText(draft),
    } as const;
    const ended = await stores.commands.sent(command);
    setIsSending(false);
    if (ended.length === 0) onClose();
    else setRefused(ended);
  }

  return (
    <Dialog title={titleOf(rows)} onClose={onClose}>
      <form
        className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {rows.length > 1 ? <p className="shelve-names">{namesText(rows)}</p> : null}
        <EndChoice
          end={draft.end}
          rows={rows}
          limits={limits}
          onChoose={(end) => setTyped({ ...typed, end })}
        />
        <p className="dim">{limitsText(rows, limits)}</p>
        <ReasonFields draft={typed} onChange={setTyped} />
        <Refusals refused={refused} />
        <PlanSentences sentences={plan.sentences} off={off} />
        <div className="dialog-foot">
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" isSubmit reasonOff={off} onPress={() => undefined}>
            {isSending ? 'Shelving…' : 'Shelve'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function PlanSentences(props: {
  readonly sentences: readonly string[];
  readonly off: string | null;
}): ReactElement {
  return (
    <div className="shelve-plan" role="status">
      {props.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {props.off === null ? null : <p className="dim">{props.off}</p>}
    </div>
  );
}

function ReasonFields(props: {
  readonly draft: TypedDraft;
  readonly onChange: (draft: TypedDraft) => void;
}): ReactElement {
  const { draft, onChange } = props;
  return (
    <div className="shelve-reason">
      <label>
        <span>Reason</span>
        <select
          required
          value={draft.reason}
          onChange={(event) => onChange({ ...draft, reason: event.target.value })}
        >
          <option value="">Choose…</option>
          {REASONS.map((reason) => (
            <option key={reason}>{reason}</option>
          ))}
        </select>
      </label>
      <label>
        <span>Note</span>
        <input
          type="text"
          value={draft.note}
          maxLength={1_900}
          placeholder={draft.reason === 'Other' ? 'required' : 'optional'}
          onChange={(event) => onChange({ ...draft, note: event.target.value })}
        />
      </label>
    </div>
  );
}

function Refusals({ refused }: { readonly refused: readonly Entry[] }): ReactElement | null {
  if (refused.length === 0) return null;
  return (
    <div className="shelve-refused" role="alert">
      <p>
        <b>{alarmsText(refused.length)} refused</b>
      </p>
      <ul>
        {refused.map((entry) =>
          entry.state === 'refused' ? (
            <li key={entry.name}>
              <b>{entry.name}:</b> {entry.refusal.message} {entry.refusal.nextStep}
            </li>
          ) : null,
        )}
      </ul>
    </div>
  );
}

function titleOf(rows: readonly AlarmRow[]): string {
  const only = rows.length === 1 ? rows[0] : undefined;
  return only === undefined ? `Shelve ${alarmsText(rows.length)}` : `Shelve ${only.name}`;
}

function namesText(rows: readonly AlarmRow[]): string {
  const named = rows.slice(0, NAMED).map((row) => row.name);
  const more = rows.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${count(more)} more` : named.join(', ');
}
