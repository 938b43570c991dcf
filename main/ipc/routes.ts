import type { z } from 'zod';
import type { RequestName } from '../../ipc/channels.ts';
import { type RequestInput, type RequestOutput, requestSchemas } from '../../ipc/contract.ts';

/** The contract's schemas with the link between a request's name and its types kept, which a union would lose. */
export const ROUTES: {
  readonly [N in RequestName]: {
    readonly input: z.ZodType<RequestInput<N>>;
    readonly output: z.ZodType<RequestOutput<N>>;
  };
} = requestSchemas;
