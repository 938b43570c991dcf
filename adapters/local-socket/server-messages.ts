import * as z from 'zod/mini';
import { PHASE, PROBLEM, SCHEMA_PROBLEM, SETTINGS, WHOLE } from './wire-parts.ts';

const PLACE = { reading: WHOLE, topic: z.string(), partition: WHOLE };

/** What the console says of itself before anything else. */
export const GREETING = z.object({
  say: z.literal('greeting'),
  program: z.literal('klaxon'),
  protocol: WHOLE,
});

/**
 * What the console says. The body of `records` holds them one after the other, `sizes` says where each ends;
 * that of `sweep` has one bit for each offset from `from` up to `below`, set where the record still stands there.
 */
export const SERVER_MESSAGE = z.discriminatedUnion('say', [
  GREETING,
  z.object({ say: z.literal('refused'), problem: PROBLEM }),
  z.object({ say: z.literal('phase'), reading: WHOLE, phase: PHASE }),
  z.object({
    say: z.literal('records'),
    ...PLACE,
    offsets: z.array(WHOLE),
    sizes: z.array(WHOLE),
    gaps: z.array(z.boolean()),
  }),
  z.object({ say: z.literal('head'), reading: WHOLE, topic: z.string() }),
  z.object({
    say: z.literal('reset'),
    reading: WHOLE,
    topics: z.array(z.string()),
    problem: PROBLEM,
  }),
  z.object({ say: z.literal('sweep'), ...PLACE, from: WHOLE, below: WHOLE }),
  z.object({ say: z.literal('damage'), ...PLACE, from: WHOLE, to: WHOLE, problem: PROBLEM }),
  z.object({ say: z.literal('lag'), reading: WHOLE, lag: WHOLE }),
  z.object({ say: z.literal('answer'), request: WHOLE, answer: z.unknown() }),
]);

export type ServerMessage = z.output<typeof SERVER_MESSAGE>;

/** A message about one reading. */
export type ReadingMessage = Extract<ServerMessage, { readonly reading: number }>;

/** What is answered to `append`. */
export const APPEND_ANSWER = answerOf(
  z.object({ topic: z.string(), partition: WHOLE, offset: WHOLE }),
  PROBLEM,
);

/** What is answered to `describeTopics`. */
export const DESCRIBE_ANSWER = answerOf(
  z.array(
    z.object({
      topic: z.string(),
      exists: z.boolean(),
      partitions: WHOLE,
      settings: SETTINGS,
    }),
  ),
  PROBLEM,
);

/** What is answered to `createTopics`: JSON has no way to say nothing but null. */
export const CREATE_ANSWER = answerOf(z.null(), PROBLEM);

/** What is answered to `schemaById`. */
export const SCHEMA_ANSWER = answerOf(z.string(), SCHEMA_PROBLEM);

/** What is answered to `versionsOf`. */
export const VERSIONS_ANSWER = answerOf(
  z.array(z.object({ id: z.int(), version: z.int(), schema: z.string() })),
  SCHEMA_PROBLEM,
);

/** What is answered to `register`. */
export const REGISTER_ANSWER = answerOf(z.int(), SCHEMA_PROBLEM);

function answerOf<V extends z.ZodMiniType, E extends z.ZodMiniType>(value: V, error: E) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error }),
  ]);
}
