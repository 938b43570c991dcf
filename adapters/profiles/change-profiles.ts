import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { EpochMs } from '../../core/lib/units.ts';
import { takeFileLock } from '../system/file-lock.ts';
import {
  type FieldFault,
  isProfileName,
  type Profile,
  type ProfileField,
  parseProfile,
} from './profile.ts';
import {
  badName,
  badProfile,
  fileUnusable,
  noSuchProfile,
  type ProfileProblem,
} from './profile-problem.ts';
import { type ProfilesFile, readProfilesFile } from './read-profiles.ts';

/** A change that has been written. */
export interface ProfilesChanged {
  /** Where the damaged file lies that was there before; null where it was a good one, or none. */
  readonly setAside: string | null;
}

type Changed = Promise<Result<ProfilesChanged, ProfileProblem>>;

/** Where profiles are kept, and the moment for the name of what is set aside. */
export interface ProfilesPlace {
  readonly path: string;
  readonly now: EpochMs;
}

/** Adds a profile. `ProfileExists`, `BadName`, `BadProfile`. */
export function addProfile(place: ProfilesPlace, name: string, profile: Profile): Changed {
  if (!isProfileName(name)) return Promise.resolve(failure(badName(name)));
  return change(place, (profiles) => {
    if (profiles.has(name)) return failure(profileExists(name, place.path));
    const parsed = parseProfile(profile);
    if (!parsed.ok) return failure(badNewProfile(name, parsed.error));
    return withProfile(place, profiles, { name, raw: profile });
  });
}

/** Sets the fields that are given, takes away those that are named, and keeps the rest, unknown ones too. `NoSuchProfile`, `BadProfile`. */
export function setProfile(
  place: ProfilesPlace,
  name: string,
  { fields, unset }: { readonly fields: Profile; readonly unset: readonly ProfileField[] },
): Changed {
  return change(place, (profiles) => {
    const before = profiles.get(name);
    if (before === undefined) return failure(noSuchProfile(name, place.path, profiles));
    const kept = Object.entries(before).filter(([field]) => !unset.some((one) => one === field));
    return withProfile(place, profiles, { name, raw: { ...Object.fromEntries(kept), ...fields } });
  });
}

/** Takes a profile away. `NoSuchProfile`. */
export function removeProfile(place: ProfilesPlace, name: string): Changed {
  return change(place, (profiles) => {
    if (!profiles.has(name)) return failure(noSuchProfile(name, place.path, profiles));
    return ok(new Map([...profiles].filter(([known]) => known !== name)));
  });
}

type Profiles = ProfilesFile['profiles'];
type Decide = (profiles: Profiles) => Result<Profiles, ProfileProblem>;

const NEWEST_VERSION = 1;

function withProfile(
  { path }: ProfilesPlace,
  profiles: Profiles,
  { name, raw }: { readonly name: string; readonly raw: Readonly<Record<string, unknown>> },
): Result<Profiles, ProfileProblem> {
  const parsed = parseProfile(raw);
  if (!parsed.ok) return failure(badProfile({ name, path }, parsed.error));
  return ok(new Map([...profiles, [name, written(raw)]]));
}

function written(raw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { tls } = raw;
  return tls === undefined ? raw : { ...raw, tls: tls === true || tls === 'true' };
}

/** One writer at a time: what is decided on is what is replaced, and nobody’s change is lost. */
async function change({ path, now }: ProfilesPlace, decide: Decide): Changed {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    for (;;) {
      const lock = await takeFileLock(path);
      if (lock === null) return failure(fileInUse(path));
      try {
        const tried = await changeLocked({ path, now }, decide, () => lock.isHeld());
        if (tried !== 'lockLost') return tried;
      } finally {
        await lock.release();
      }
    }
  } catch (thrown) {
    return failure(fileUnusable(path, 'written', thrown));
  }
}

async function changeLocked(
  { path, now }: ProfilesPlace,
  decide: Decide,
  isHeld: () => Promise<boolean>,
): Promise<Result<ProfilesChanged, ProfileProblem> | 'lockLost'> {
  const read = readProfilesFile(path);
  const isDamaged = !read.ok && read.error.code === 'FileDamaged';
  if (!read.ok && !isDamaged) return read;
  const before: ProfilesFile = read.ok ? read.value : { profiles: new Map(), rest: {} };
  const after = decide(before.profiles);
  // Of a damaged file nobody knows whether it held the profile that is to be changed.
  if (!after.ok) return read.ok ? after : read;
  const text = fileText({ ...before, profiles: after.value });
  const setAside = isDamaged ? path.replace(/(\.json)?$/, `.damaged-${now}.json`) : null;
  return (await replace({ path, text, setAside }, isHeld)) ? ok({ setAside }) : 'lockLost';
}

interface Replacement {
  readonly path: string;
  readonly text: string;
  /** Where what is there goes first; null: nowhere. */
  readonly setAside: string | null;
}

/** Puts a new file in the place of the old one, at once; does nothing where the lock has been lost meanwhile. */
async function replace(
  { path, text, setAside }: Replacement,
  isHeld: () => Promise<boolean>,
): Promise<boolean> {
  const part = `${path}.${process.pid}.part`;
  try {
    await writeDurably(part, text);
    if (!(await isHeld())) return false;
    if (setAside !== null) await rename(path, setAside);
    await rename(part, path);
    return true;
  } finally {
    await rm(part, { force: true });
  }
}

function fileText({ profiles, rest }: ProfilesFile): string {
  const file = { profilesVersion: NEWEST_VERSION, ...rest, profiles: Object.fromEntries(profiles) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** On the disk before it takes the place of the old one: a crash leaves the one or the other. */
async function writeDurably(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function badNewProfile(name: string, { field, fault }: FieldFault): ProfileProblem {
  return {
    code: 'BadProfile',
    message: `The new profile ${name} cannot be: ${field} ${fault}.`,
    remedy: `Give another --${field}; nothing was written.`,
  };
}

function profileExists(name: string, path: string): ProfileProblem {
  return {
    code: 'ProfileExists',
    message: `There is a profile ${name} in ${path} already.`,
    remedy: `Change it with: klaxon profiles set ${name} …`,
  };
}

function fileInUse(path: string): ProfileProblem {
  return {
    code: 'FileInUse',
    message: `Another program has been changing the profiles in ${path} for five seconds.`,
    remedy: `Try again; if it stays so, no program is doing it: delete ${path}.lock.`,
  };
}
