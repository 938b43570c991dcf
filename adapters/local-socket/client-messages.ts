import * as z from 'zod/mini';
import { SPEC, WHOLE } from './wire-parts.ts';

/** The version of what is spoken over the socket: a console and a client of different versions do not talk. */
export const PROTOCOL = 1;

const MOST_TOPICS = 1_000;
const TOPICS = z.array(z.string()).check(z.maxLength(MOST_TOPICS));

/** What a client says. An `append` has its record as the body (`record-parts.ts`); nothing else has one. */
export const CLIENT_MESSAGE = z.discriminatedUnion('say', [
  z.object({ say: z.literal('hello'), protocol: WHOLE }),
  z.object({
    say: z.literal('read'),
    reading: WHOLE,
    topics: TOPICS,
    tail: z.exactOptional(z.object({ lastOffsets: WHOLE })),
  }),
  z.object({ say: z.literal('endReading'), reading: WHOLE }),
  z.object({ say: z.literal('append'), request: WHOLE, topic: z.string() }),
  z.object({ say: z.literal('describeTopics'), request: WHOLE, topics: TOPICS }),
  z.object({
    say: z.literal('createTopics'),
    request: WHOLE,
    specs: z.array(SPEC).check(z.maxLength(MOST_TOPICS)),
  }),
  z.object({ say: z.literal('schemaById'), request: WHOLE, id: z.int() }),
  z.object({ say: z.literal('versionsOf'), request: WHOLE, subject: z.string() }),
  z.object({
    say: z.literal('register'),
    request: WHOLE,
    subject: z.string(),
    schema: z.string(),
  }),
]);

export type ClientMessage = z.output<typeof CLIENT_MESSAGE>;

/** A message that is answered. */
export type ClientRequest = Extract<ClientMessage, { readonly request: number }>;
