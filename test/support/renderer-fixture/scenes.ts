import type { AlarmRow } from '../../../core/effective-state/alarm-row.ts';
import type { FeedStatus } from '../../../ipc/contract.ts';
import type { Stores } from '../../../renderer/stores/stores.tsx';
import { aFeedStatus } from '../../builders/a-feed-status.ts';
import { aSessionView } from '../../builders/a-session-view.ts';
import { countsOf, type FakeBridge } from '../../fakes/fake-bridge.ts';
import { calling, plant } from './plant-rows.ts';

type Scene = (bridge: FakeBridge, stores: Stores) => void;

const UNREACHABLE = {
  code: 'TlsFailed',
  message: 'Cannot reach broker1:9093: certificate expired on 2026-10-01.',
  remedy: "Check the profile's CA, or ask who runs the broker.",
  isRetriable: true,
};

const SCENES: Readonly<Record<string, Scene>> = {
  busy: (bridge) => send(bridge, plant('busy', Date.now()), {}),
  selected: (bridge, stores) => {
    send(bridge, plant('busy', Date.now()), {});
    whenDrawn(() => stores.selection.chose(nameAt(plant('busy', Date.now()), 20)));
  },
  calm: (bridge) => send(bridge, plant('calm', Date.now()), {}),
  all: (bridge) => send(bridge, plant('all', Date.now()), {}),
  replaying: (bridge) =>
    send(bridge, plant('busy', Date.now()).slice(0, 120), {
      phase: { phase: 'replaying', read: 41_200, total: 98_000 },
      lag: 56_800,
    }),
  stale: (bridge) =>
    send(bridge, plant('busy', Date.now()), {
      phase: { phase: 'stale', sinceAt: Date.now() - 7_000 },
    }),
  failed: (bridge) => send(bridge, [], { phase: { phase: 'failed', problem: UNREACHABLE } }),
  missing: (bridge) => {
    bridge.emit(
      'session:changed',
      aSessionView({
        profile: 'Accelerator',
        log: 'kafka',
        address: 'broker1:9092',
        missing: ['registered-alarms', 'active-alarms', 'shelved-alarms', 'alarm-occurrences'],
      }),
    );
    send(bridge, [], {
      isKeeperSeen: false,
      warnings: [
        'active-alarms has 3 partitions: the order of an alarm and its acknowledgement cannot be promised.',
      ],
    });
  },
  refused: (bridge, stores) => {
    const rows = plant('busy', Date.now());
    send(bridge, rows, { quarantined: 3 });
    bridge.answers['alarm:acknowledgeAlarms'] = ({ alarms }) => ({
      ok: true,
      value: alarms.map(({ name }) => ({
        name,
        state: 'refused',
        refusal: {
          code: 'AlarmedAgain',
          message: `${name} alarmed again at 12:03:58, after your view.`,
          nextStep: 'Look at it again, then acknowledge.',
        },
      })),
    });
    whenDrawn(() => {
      const row = rows.find((one) => one.effective === 'unacknowledged');
      if (row === undefined) return;
      stores.selection.chose(row.name);
      void stores.commands.sent({ verb: 'acknowledge', rows: [row] });
    });
  },
  shelve: (bridge, stores) => {
    const rows = plant('busy', Date.now());
    send(bridge, rows, {});
    const names = rows.filter((one) => one.effective === 'unacknowledged').map((one) => one.name);
    whenDrawn(() => {
      stores.selection.choseAll(names.slice(0, 3));
      stores.console.dialogOpened({ dialog: 'shelve', names: names.slice(0, 3) });
    });
  },
  quarantine: (bridge, stores) => {
    send(bridge, plant('busy', Date.now()), { quarantined: 3 });
    bridge.answers['quarantine:readRecords'] = () => ({ ok: true, value: QUARANTINED });
    whenDrawn(() => stores.console.dialogOpened({ dialog: 'quarantine' }));
  },
  palette: (bridge, stores) => {
    send(bridge, plant('busy', Date.now()), {});
    whenDrawn(() => stores.console.dialogOpened({ dialog: 'palette' }));
  },
  keys: (bridge, stores) => {
    send(bridge, plant('busy', Date.now()), {});
    whenDrawn(() => stores.console.dialogOpened({ dialog: 'keys' }));
  },
  shelf: (bridge, stores) => {
    send(bridge, plant('busy', Date.now()), {});
    stores.console.pageOpened('shelf');
  },
  definitions: (bridge, stores) => {
    send(bridge, plant('busy', Date.now()), {});
    stores.console.pageOpened('definitions');
  },
  flood: (bridge) => flood(bridge, 17),
  torrent: (bridge) => flood(bridge, 167),
};

const QUARANTINED = [
  {
    position: { topic: 'active-alarms', partition: 0, offset: 18_244 },
    writtenAt: Date.UTC(2026, 10, 22, 12),
    reason: 'The value ends in the middle of the field "status".',
    key: '{"name":"VIP2R08","type":"AlarmingEPICS"}',
    keyHex: '00000000050e5649503252303802',
    valueHex: '000000000602041e',
    attempt: 'schema 6, AlarmingEPICS { severity: MAJOR, status: (missing) }',
  },
  {
    position: { topic: 'registered-alarms', partition: 0, offset: 77 },
    writtenAt: Date.UTC(2026, 10, 22, 11),
    reason: 'Schema 9001 is not in the registry.',
    key: 'channel1',
    keyHex: '6368616e6e656c31',
    valueHex: '000000232901',
    attempt: '(bytes of an unknown schema)',
  },
];

/** Plays a scene by name; an unknown name plays the busy one. */
export function playScene(name: string, bridge: FakeBridge, stores: Stores): void {
  whenDrawn(() => (SCENES[name] ?? SCENES['busy'])?.(bridge, stores));
}

function send(bridge: FakeBridge, rows: readonly AlarmRow[], status: Partial<FeedStatus>): void {
  const lastRecordAt = Date.now() - 400;
  bridge.sendFeed(rows, { status: aFeedStatus({ lastRecordAt, ...status }) });
}

/** 10,000 alarms, of which some change in each frame: 17 are 1,000 a second, 167 are 10,000. */
function flood(bridge: FakeBridge, aFrame: number): void {
  const startAt = Date.now();
  const rows = Array.from({ length: 10_000 }, (_, at) => calling(at, startAt, 1_000_000 + at * 10));
  const counts = countsOf(rows);
  send(bridge, rows, {});
  let turn = 0;
  const step = (): void => {
    turn += 1;
    const nowAt = Date.now();
    const changed = Array.from({ length: aFrame }, (_, at) =>
      calling((turn * aFrame + at) % 10_000, nowAt, 0),
    );
    bridge.sendFeed(changed, { counts, status: aFeedStatus({ lastRecordAt: nowAt }) });
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

function nameAt(rows: readonly AlarmRow[], at: number): string {
  return rows[at]?.name ?? '';
}

function whenDrawn(run: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(run));
}
