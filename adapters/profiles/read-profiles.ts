import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../core/lib/is-object.ts';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { thisUserSystem, userConfigFolder } from '../system/user-folders.ts';
import { isProfileName, parseProfile } from './profile.ts';
import {
  badName,
  badProfile,
  fileDamaged,
  fileUnusable,
  type NamedProfile,
  noSuchProfile,
  type ProfileProblem,
} from './profile-problem.ts';

type RawProfile = Readonly<Record<string, unknown>>;

/** The file as it lies there: profiles by name, and whatever else a newer version has written. */
export interface ProfilesFile {
  readonly profiles: ReadonlyMap<string, RawProfile>;
  /** Everything beside the profiles. */
  readonly rest: RawProfile;
}

/** The one file of this user in which desktop and command line keep their profiles. */
export function profilesPath(env: Readonly<Record<string, string | undefined>>): string {
  return join(userConfigFolder(thisUserSystem(env)), 'profiles.json');
}

/** Everything in the file; of a file that is not there, nothing. A profile that cannot be used harms no other. */
export function readProfilesFile(path: string): Result<ProfilesFile, ProfileProblem> {
  const text = textOf(path);
  if (!text.ok) return text;
  if (text.value === null) return ok({ profiles: new Map(), rest: {} });
  const file = fileOf(text.value);
  return file.ok ? file : failure(fileDamaged(path, file.error));
}

/** The profile of this name, ready to be used. `BadName`, `NoSuchProfile`, `BadProfile`, `FileDamaged`, `FileUnusable`. */
export function readProfile(path: string, name: string): Result<NamedProfile, ProfileProblem> {
  if (!isProfileName(name)) return failure(badName(name));
  const file = readProfilesFile(path);
  if (!file.ok) return file;
  const raw = file.value.profiles.get(name);
  if (raw === undefined) return failure(noSuchProfile(name, path, file.value.profiles));
  const profile = parseProfile(raw);
  return profile.ok
    ? ok({ name, profile: profile.value })
    : failure(badProfile({ name, path }, profile.error));
}

function fileOf(text: string): Result<ProfilesFile, string> {
  const json = jsonOf(text);
  if (!isObject(json)) return failure('is not a JSON object');
  const { profiles: named, ...rest } = json;
  if (!isObject(named)) return failure('has no object "profiles"');
  const profiles = new Map<string, RawProfile>();
  for (const [name, raw] of Object.entries(named)) {
    if (!isObject(raw)) {
      return failure(`holds a profile ${JSON.stringify(name)} that is no object`);
    }
    profiles.set(name, raw);
  }
  return ok({ profiles, rest });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Null where there is no file. */
function textOf(path: string): Result<string | null, ProfileProblem> {
  try {
    return ok(readFileSync(path, 'utf8'));
  } catch (thrown) {
    const isAbsent = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    return isAbsent ? ok(null) : failure(fileUnusable(path, 'read', thrown));
  }
}
