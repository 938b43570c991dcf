import { type ReactElement, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { QuarantinedRecord } from '../../../ipc/contract.ts';
import { useStores } from '../../stores/stores.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { count, fullTimeText } from '../../ui/time-text.ts';
import { hexLines } from './hex-lines.ts';

/** As many records are read at once; the count says how many there are in all. */
const READ_AT_MOST = 200;

type Reading =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly records: readonly QuarantinedRecord[] }
  | { readonly state: 'failed'; readonly message: string };

/** The records that could not be decoded: where they stand, why, their bytes, and what could be made of them. */
export function QuarantineDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { bridge, feed } = useStores();
  const quarantined = useStore(feed, (state) => state.status?.quarantined ?? 0);
  const [reading, setReading] = useState<Reading>({ state: 'reading' });
  useEffect(() => {
    let isWanted = true;
    void bridge.request('quarantine:readRecords', { limit: READ_AT_MOST }).then((answer) => {
      if (!isWanted) return;
      setReading(
        answer.ok
          ? { state: 'read', records: answer.value }
          : { state: 'failed', message: answer.error.message },
      );
    });
    return () => {
      isWanted = false;
    };
  }, [bridge]);
  return (
    <Dialog title={`Quarantine: ${recordsText(quarantined)}`} onClose={onClose} size="wide">
      <div className="dialog-body">
        <p>
          These records stand in the log and could not be decoded. The alarm that a record belongs
          to is shown as undecodable, since what it says is not known. Ask who runs the source of a
          record to write it anew.
        </p>
        <Records reading={reading} quarantined={quarantined} />
      </div>
    </Dialog>
  );
}

function Records(props: { readonly reading: Reading; readonly quarantined: number }): ReactElement {
  const { reading, quarantined } = props;
  switch (reading.state) {
    case 'reading':
      return <p className="dim">Reading…</p>;
    case 'failed':
      return <p className="refusal-text">{reading.message}</p>;
    case 'read':
      return reading.records.length === 0 ? (
        <p className="dim">No record is in quarantine.</p>
      ) : (
        <>
          <ul className="quarantine-list" aria-label="Undecodable records">
            {reading.records.map((record) => (
              <RecordView key={placeOf(record)} record={record} />
            ))}
          </ul>
          {quarantined > reading.records.length ? (
            <p className="dim">
              The newest {count(reading.records.length)} of {count(quarantined)} are shown.
            </p>
          ) : null}
        </>
      );
  }
}

function RecordView({ record }: { readonly record: QuarantinedRecord }): ReactElement {
  return (
    <li>
      <p className="quarantine-head">
        <b>{readableKey(record.key)}</b>
        <span className="dim">
          {placeOf(record)} · {fullTimeText(record.writtenAt)}
        </span>
      </p>
      <p>{record.reason}</p>
      <dl>
        <dt>As far as decoded</dt>
        <dd>
          <code>{record.attempt === '' ? 'nothing' : record.attempt}</code>
        </dd>
        <dt>Key</dt>
        <dd>
          <Hex hex={record.keyHex} />
        </dd>
        <dt>Value</dt>
        <dd>{record.valueHex === null ? 'none (a tombstone)' : <Hex hex={record.valueHex} />}</dd>
      </dl>
    </li>
  );
}

/** The key without the bytes of its framing, which no font can show. */
export function readableKey(key: string): string {
  const readable = key.replace(/[\p{Cc}\ufffd]+/gu, '');
  return readable === '' ? '(no readable key)' : readable;
}

function recordsText(quarantined: number): string {
  return `${count(quarantined)} ${quarantined === 1 ? 'record' : 'records'} that cannot be decoded`;
}

function Hex({ hex }: { readonly hex: string }): ReactElement {
  const lines = hexLines(hex);
  if (lines.length === 0) return <span className="dim">empty</span>;
  return (
    <pre className="hex">
      {lines.map(({ offset, bytes, text }) => `${offset}  ${bytes}  ${text}`).join('\n')}
    </pre>
  );
}

function placeOf({ position }: QuarantinedRecord): string {
  return `${position.topic}/${position.partition}/${position.offset}`;
}
