import { fileFault } from '../system/file-fault.ts';
import { type Profile, SECRET_KINDS } from './profile.ts';

/** Why a profile cannot be used or changed. */
export interface ProfileProblem {
  readonly code:
    | 'BadName'
    | 'NoSuchProfile'
    | 'ProfileExists'
    | 'BadProfile' // a field of it cannot be
    | 'FileDamaged' // the file holds no profiles
    | 'FileUnusable' // it cannot be read or written
    | 'FileInUse'; // another program has been changing it for too long
  /** Names the file, and the field where there is one. */
  readonly message: string;
  readonly remedy: string;
}

/** A name that no profile can have. */
export function badName(name: string): ProfileProblem {
  return {
    code: 'BadName',
    message: `${JSON.stringify(name)} cannot be the name of a profile.`,
    remedy:
      'Use letters, digits, dots, dashes and underscores, 64 at most, a letter or a digit first.',
  };
}

/** There is none of this name; says which there are. */
export function noSuchProfile(
  name: string,
  path: string,
  known: ReadonlyMap<string, unknown>,
): ProfileProblem {
  const names = [...known.keys()].join(', ');
  const add = `make it with: klaxon profiles add ${name} --bootstrap-servers HOST:PORT`;
  return {
    code: 'NoSuchProfile',
    message: `There is no profile ${name} in ${path}.`,
    remedy: names === '' ? `There is none at all; ${add}` : `There are: ${names}; or ${add}`,
  };
}

/** A profile whose field cannot be. */
export function badProfile(
  place: { readonly name: string; readonly path: string },
  { field, fault }: { readonly field: string; readonly fault: string },
): ProfileProblem {
  const isSecret = SECRET_KINDS.some((kind) => kind === field);
  const set = `klaxon profiles set ${place.name} --${field} …`;
  return {
    code: 'BadProfile',
    message: `The field ${field} of the profile ${place.name} in ${place.path} ${fault}.`,
    remedy: isSecret
      ? `Take it out of the file, and keep it with: klaxon profiles set-secret ${place.name} --secret ${field}`
      : `Mend it in the file, or with: ${set}`,
  };
}

/** A file that holds no profiles. */
export function fileDamaged(path: string, fault: string): ProfileProblem {
  return {
    code: 'FileDamaged',
    message: `The file of profiles ${path} ${fault}.`,
    remedy:
      'Mend it, or move it away; the next profile that is added or changed sets it aside by itself.',
  };
}

/** A file that the system does not give. */
export function fileUnusable(
  path: string,
  deed: 'read' | 'written',
  thrown: unknown,
): ProfileProblem {
  return {
    code: 'FileUnusable',
    message: `The file of profiles ${path} cannot be ${deed}: ${fileFault(thrown)}.`,
    remedy: 'Check its rights, those of its folder, and the room on the disk.',
  };
}

/** A profile by its name. */
export interface NamedProfile {
  readonly name: string;
  readonly profile: Profile;
}
