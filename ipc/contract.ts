import * as z from 'zod';
import type { EventName, RequestName } from './channels.ts';

/** Every schema of what crosses between a window and main. Types of both sides, the preload bridge and docs/ipc.md follow from it. */

const position = z.object({ topic: z.string(), partition: z.int().min(0), offset: z.int().min(0) });
const calls = z.object({ simple: position.optional(), epics: position.optional() });
const names = z.array(z.string()).min(1).max(10_000);
const audit = z.object({
  user: z.string().optional(),
  producer: z.string().optional(),
  host: z.string().optional(),
});
const identity = z.object({ user: z.string(), producer: z.string(), host: z.string() });
const problem = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  isRetriable: z.boolean(),
});

const phase = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('connecting'), attempt: z.int(), problem: problem.optional() }),
  z.object({ phase: z.literal('replaying'), read: z.number(), total: z.number() }),
  z.object({ phase: z.literal('live') }),
  z.object({ phase: z.literal('stale'), sinceAt: z.number(), problem: problem.optional() }),
  z.object({ phase: z.literal('failed'), problem }),
]);

/** How the watch stands: part of every feed message, so that no screen can show alarms without it. */
const feedStatus = z.object({
  phase,
  /** Records between what was read and the end of the log. */
  lag: z.number(),
  lastRecordAt: z.number().nullable(),
  /** Broker's time minus this computer's, as far as known. */
  clockOffsetMs: z.number(),
  quarantined: z.number(),
  /** Snapshots of the keeper that differed from this console's own fold. */
  disagreements: z.number(),
  isKeeperSeen: z.boolean(),
  /** What the operator must be told about this log as long as it holds, e.g. more than one partition. */
  warnings: z.array(z.string()),
});

/** Rows by column (core/effective-state/packed-rows.ts packs and unpacks). */
const packedRows = z.object({
  count: z.int().min(0),
  names: z.array(z.string()),
  /** Text used by the columns, each once. */
  texts: z.array(z.string()),
  /** `INT_COLUMNS` integers a row. */
  ints: z.instanceof(Int32Array),
  /** `TIME_COLUMNS` numbers a row; NaN = absent. */
  times: z.instanceof(Float64Array),
});

const counts = z.object({
  registered: z.int(),
  notRegistered: z.int(),
  normal: z.int(),
  unacknowledged: z.int(),
  acknowledged: z.int(),
  returned: z.int(),
  shelved: z.int(),
  suppressed: z.int(),
  outOfService: z.int(),
  undecodable: z.int(),
});

const feedMessage = z.object({
  feedId: z.string(),
  /** 1 for the first message of a feed, then without a gap; after a gap the window opens a new feed. */
  sequence: z.int().min(1),
  /** A feed begins with one or more snapshot parts (`isLastPart` on the last) that hold what is not normal; then deltas. */
  kind: z.enum(['snapshot', 'delta']),
  isLastPart: z.boolean(),
  rows: packedRows,
  removed: z.array(z.string()),
  /** Registered alarms in their normal state that this window has not been given yet: they follow the snapshot in deltas. */
  rowsToCome: z.int().min(0),
  counts,
  status: feedStatus,
});

const topicFinding = z.object({
  topic: z.string(),
  finding: z.enum(['ok', 'missing', 'warning']),
  message: z.string(),
});

const session = z.object({
  version: z.string(),
  profile: z.string(),
  log: z.enum(['embedded', 'kafka']),
  address: z.string(),
  identity,
  topics: z.array(topicFinding),
  /** Missing topics or subjects that the user may have created from here. */
  missing: z.array(z.string()),
  problem: problem.nullable(),
  /** Base address of the guidance documents. */
  documentBase: z.string(),
  notices: z.array(z.string()),
});

const refusal = z.object({ code: z.string(), message: z.string(), nextStep: z.string() });
const commandTicket = z.discriminatedUnion('state', [
  z.object({ name: z.string(), state: z.literal('pending'), commandId: z.string() }),
  z.object({ name: z.string(), state: z.literal('refused'), refusal }),
]);
const commandTickets = z.array(commandTicket);

const recordView = z.object({
  position,
  writtenAt: z.number(),
  audit,
  /** What it says in one line, in the words of the wire: "AlarmingEPICS MAJOR HIHI". */
  text: z.string(),
});

const alarmDetail = z.object({
  name: z.string(),
  /** Why it is in its state, in whole sentences. */
  why: z.array(z.string()),
  registration: z
    .object({
      source: z.string(),
      location: z.string(),
      category: z.string(),
      maxShelvedSeconds: z.number().nullable(),
      isLatching: z.boolean(),
      documentUrl: z.string(),
      screenPath: z.string(),
    })
    .nullable(),
  /** Newest first. */
  records: z.array(recordView),
});

const quarantinedRecord = z.object({
  position,
  writtenAt: z.number(),
  reason: z.string(),
  key: z.string(),
  keyHex: z.string(),
  valueHex: z.string().nullable(),
  /** What could be decoded before it failed, or what the bytes look like. */
  attempt: z.string(),
});

const preferences = z.object({
  theme: z.enum(['system', 'grey', 'dark', 'highContrast']),
  documentBase: z.string().max(2_000),
});

const nothing = z.object({});

export const requestSchemas = {
  'session:readSession': { input: nothing, output: session },
  'session:createTopics': { input: nothing, output: session },
  'feed:openFeed': { input: nothing, output: z.object({ feedId: z.string() }) },
  'feed:acknowledgeMessage': {
    input: z.object({ feedId: z.string(), sequence: z.int().min(1) }),
    output: nothing,
  },
  'alarm:readDetail': { input: z.object({ name: z.string() }), output: alarmDetail },
  /** `calls`: what the operator saw (`AlarmRow.calls`); an acknowledgement made from an older view is refused (decision 5). */
  'alarm:acknowledgeAlarms': {
    input: z.object({
      alarms: z
        .array(z.object({ name: z.string(), calls }))
        .min(1)
        .max(10_000),
    }),
    output: commandTickets,
  },
  'alarm:unacknowledgeAlarms': { input: z.object({ names }), output: commandTickets },
  'shelf:shelveAlarms': {
    input: z.object({ names, untilAt: z.number().nullable(), reason: z.string().max(2_000) }),
    output: commandTickets,
  },
  'shelf:unshelveAlarms': { input: z.object({ names }), output: commandTickets },
  'quarantine:readRecords': {
    input: z.object({ limit: z.int().min(1).max(1_000) }),
    output: z.array(quarantinedRecord),
  },
  'preferences:readPreferences': { input: nothing, output: preferences },
  'preferences:savePreferences': { input: preferences.partial(), output: preferences },
} as const satisfies Record<RequestName, { input: z.ZodType; output: z.ZodType }>;

export const eventSchemas = {
  'feed:changed': feedMessage,
  'session:changed': session,
  /** How a pending command ended: `done` when its own record came back through the log. */
  'command:settled': z.object({
    commandId: z.string(),
    name: z.string(),
    outcome: z.enum(['done', 'unconfirmed', 'refused']),
    refusal: refusal.optional(),
  }),
} as const satisfies Record<EventName, z.ZodType>;

/** Errors of the bridge itself, whatever the request. */
export const ipcErrorSchema = z.object({
  code: z.enum(['BadInput', 'BadSender', 'NotLive', 'UnknownAlarm', 'Failed']),
  message: z.string(),
  details: z.string().optional(),
});

export type IpcError = z.infer<typeof ipcErrorSchema>;
export type RequestInput<N extends RequestName> = z.infer<(typeof requestSchemas)[N]['input']>;
export type RequestOutput<N extends RequestName> = z.infer<(typeof requestSchemas)[N]['output']>;
export type EventPayload<N extends EventName> = z.infer<(typeof eventSchemas)[N]>;
export type FeedMessage = z.infer<typeof feedMessage>;
export type FeedStatus = z.infer<typeof feedStatus>;
export type SessionView = z.infer<typeof session>;
export type AlarmDetail = z.infer<typeof alarmDetail>;
export type QuarantinedRecord = z.infer<typeof quarantinedRecord>;
export type CommandTicket = z.infer<typeof commandTicket>;
export type Preferences = z.infer<typeof preferences>;

/** What the preload bridge puts on `window.klaxon`: the only thing of the outside that a window can touch. */
export interface KlaxonBridge {
  request<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
  ): Promise<
    | { readonly ok: true; readonly value: RequestOutput<N> }
    | { readonly ok: false; readonly error: IpcError }
  >;
  /** Answers how to stop listening. */
  subscribe<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
}
