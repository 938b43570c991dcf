import { KEEPER } from '../keeper/service.ts';
import { SHELF } from '../shelf/service.ts';
import type { ServiceDefinition } from './service-definition.ts';

/** Every service that `klaxon serve NAME` runs. */
export const SERVICES: Readonly<Record<'shelf' | 'keeper', ServiceDefinition>> = {
  shelf: SHELF,
  keeper: KEEPER,
};
