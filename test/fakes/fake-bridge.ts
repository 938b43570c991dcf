import type { AlarmRow } from '../../core/effective-state/alarm-row.ts';
import type { AlarmCounts } from '../../core/effective-state/counts.ts';
import { packRows } from '../../core/effective-state/packed-rows.ts';
import type { EventName, RequestName } from '../../ipc/channels.ts';
import type {
  EventPayload,
  FeedMessage,
  IpcError,
  KlaxonBridge,
  RequestInput,
  RequestOutput,
} from '../../ipc/contract.ts';
import { aFeedStatus } from '../builders/a-feed-status.ts';
import { aSessionView } from '../builders/a-session-view.ts';

type Answer<N extends RequestName> =
  | { readonly ok: true; readonly value: RequestOutput<N> }
  | { readonly ok: false; readonly error: IpcError };

/** How the fake answers each request. */
export type FakeAnswers = {
  [N in RequestName]: (input: RequestInput<N>) => Answer<N> | Promise<Answer<N>>;
};

type Listeners = { [N in EventName]: Set<(payload: EventPayload<N>) => void> };

/** One request as the window made it. */
export interface FakeRequest {
  readonly name: RequestName;
  readonly input: unknown;
}

/** Main as a window sees it, driven by hand: it answers at once with what it was told and remembers what it was asked. */
export class FakeBridge implements KlaxonBridge {
  readonly requests: FakeRequest[] = [];
  readonly answers: FakeAnswers;
  #feed = 0;
  #sequence = 0;
  readonly #listeners: Listeners = {
    'feed:changed': new Set(),
    'session:changed': new Set(),
    'command:settled': new Set(),
  };

  constructor(answers: Partial<FakeAnswers> = {}) {
    this.answers = { ...this.#calmAnswers(), ...answers };
  }

  async request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Answer<N>> {
    this.requests.push({ name, input });
    return await this.answers[name](input);
  }

  subscribe<N extends EventName>(
    name: N,
    listener: (payload: EventPayload<N>) => void,
  ): () => void {
    const listeners: Set<(payload: EventPayload<N>) => void> = this.#listeners[name];
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  emit<N extends EventName>(name: N, payload: EventPayload<N>): void {
    const listeners: Set<(payload: EventPayload<N>) => void> = this.#listeners[name];
    for (const listener of listeners) listener(payload);
  }

  /** The inputs of every request of one name, in order. */
  asked(name: RequestName): unknown[] {
    return this.requests.filter((one) => one.name === name).map((one) => one.input);
  }

  /** Sends the next message of the open feed; the first is the snapshot unless the change says otherwise. */
  sendFeed(rows: readonly AlarmRow[], change: Partial<FeedMessage> = {}): FeedMessage {
    this.#sequence += 1;
    const message: FeedMessage = {
      feedId: `feed-${this.#feed}`,
      sequence: this.#sequence,
      kind: this.#sequence === 1 ? 'snapshot' : 'delta',
      isLastPart: true,
      rows: writable(rows),
      removed: [],
      rowsToCome: 0,
      counts: countsOf(rows),
      status: aFeedStatus(),
      ...change,
    };
    this.emit('feed:changed', message);
    return message;
  }

  #calmAnswers(): FakeAnswers {
    const tickets = (names: readonly string[]) => ({
      ok: true as const,
      value: names.map((name) => ({ name, state: 'pending' as const, commandId: `id-${name}` })),
    });
    return {
      'session:readSession': () => ({ ok: true, value: aSessionView() }),
      'session:createTopics': () => ({ ok: true, value: { ...aSessionView(), missing: [] } }),
      'feed:openFeed': () => {
        this.#feed += 1;
        this.#sequence = 0;
        return { ok: true, value: { feedId: `feed-${this.#feed}` } };
      },
      'feed:acknowledgeMessage': () => ({ ok: true, value: {} }),
      'alarm:readDetail': ({ name }) => ({ ok: true, value: aDetail(name) }),
      'alarm:acknowledgeAlarms': ({ alarms }) => tickets(alarms.map((one) => one.name)),
      'alarm:unacknowledgeAlarms': ({ names }) => tickets(names),
      'shelf:shelveAlarms': ({ names }) => tickets(names),
      'shelf:unshelveAlarms': ({ names }) => tickets(names),
      'quarantine:readRecords': () => ({ ok: true, value: [] }),
      'preferences:readPreferences': () => ({
        ok: true,
        value: { theme: 'dark', documentBase: '' },
      }),
      'preferences:savePreferences': (change) => ({
        ok: true,
        value: { theme: change.theme ?? 'dark', documentBase: change.documentBase ?? '' },
      }),
    };
  }
}

/** What main knows of an alarm, with one record. */
export function aDetail(name: string): RequestOutput<'alarm:readDetail'> {
  return {
    name,
    why: ['Its EPICS record has been MAJOR since 12:00:00.', 'Not shelved, not suppressed.'],
    registration: {
      source: `EPICS channel ${name}`,
      location: 'INJ',
      category: 'RF',
      maxShelvedSeconds: 28_800,
      isLatching: false,
      documentUrl: 'rf-fault.html',
      screenPath: 'rf/overview.edl',
    },
    records: [
      {
        position: { topic: 'active-alarms', partition: 0, offset: 18_243 },
        writtenAt: Date.UTC(2026, 10, 22, 12),
        audit: { user: 'softioc', producer: 'epics-source', host: 'ioc-gw' },
        text: 'AlarmingEPICS MAJOR HIHI',
      },
    ],
  };
}

/** The counts of a whole list of rows. */
export function countsOf(rows: readonly AlarmRow[]): AlarmCounts {
  const of = (state: AlarmRow['effective']): number =>
    rows.filter((row) => row.effective === state).length;
  const registered = rows.filter((row) => row.isRegistered).length;
  return {
    registered,
    notRegistered: rows.length - registered,
    normal: of('normal'),
    unacknowledged: of('unacknowledged'),
    acknowledged: of('acknowledged'),
    returned: of('returnedToNormalUnacknowledged'),
    shelved: of('shelved'),
    suppressed: of('suppressedByDesign'),
    outOfService: of('outOfService'),
    undecodable: of('undecodable'),
  };
}

function writable(rows: readonly AlarmRow[]): FeedMessage['rows'] {
  const { count, names, texts, ints, times } = packRows(rows);
  return {
    count,
    names: [...names],
    texts: [...texts],
    ints: new Int32Array(ints),
    times: new Float64Array(times),
  };
}
