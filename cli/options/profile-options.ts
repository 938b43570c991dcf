import { SECRET_KINDS } from '../../adapters/profiles/profile.ts';
import type { OperandSpec, OptionSpec } from '../command/command.ts';
import { PROFILE_OPTIONS } from './site-options.ts';

/** What can be done with profiles, in the order of help. */
export const PROFILE_DEEDS = [
  'list',
  'show',
  'add',
  'set',
  'remove',
  'set-secret',
  'forget-secret',
] as const;
export type ProfileDeed = (typeof PROFILE_DEEDS)[number];

export const DEED: OperandSpec = {
  name: 'DEED',
  summary: 'What to do.',
  choices: PROFILE_DEEDS,
};

export const PROFILE_NAME: OperandSpec = {
  name: 'NAME',
  summary: 'The profile; every deed but list has one.',
  isOptional: true,
};

export const SECRET: OptionSpec = {
  name: 'secret',
  value: 'KIND',
  summary: 'Of set-secret and forget-secret: which one.',
  choices: SECRET_KINDS,
  fallback: 'sasl-password; forget-secret forgets all',
};

export const UNSET_FIELD: OptionSpec = {
  name: 'unset',
  value: 'FIELD',
  summary:
    'Of set: take this field out of the profile, as --unset tls-cert; several times for several.',
  choices: PROFILE_OPTIONS.map(({ name }) => name),
  isRepeatable: true,
};

/** The fields of a profile as options: here no variable counts, only what is typed. */
export const FIELD_OPTIONS: readonly OptionSpec[] = PROFILE_OPTIONS.map(
  ({ env: _variable, fallback: _standard, ...option }) => option,
);
