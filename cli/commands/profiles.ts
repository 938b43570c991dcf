import { profilesPath } from '../../adapters/profiles/read-profiles.ts';
import { assertNever } from '../../core/lib/invariant.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { misused, type Outcome } from '../command/outcome.ts';
import {
  DEED,
  FIELD_OPTIONS,
  PROFILE_DEEDS,
  PROFILE_NAME,
  type ProfileDeed,
  SECRET,
  UNSET_FIELD,
} from '../options/profile-options.ts';
import { JSON_LINES } from '../options/reading-options.ts';
import { YES } from '../options/yes-option.ts';
import { addNew, changeFields, takeAway } from '../profiles/change-profile.ts';
import { forgetKept, keepSecret } from '../profiles/keep-secret.ts';
import type { ProfileTask } from '../profiles/profile-task.ts';
import { listProfiles, showProfile } from '../profiles/show-profiles.ts';

/** How this user reaches which site, under a name. */
export const profiles: Command = {
  name: 'profiles',
  group: 'Connection profiles',
  summary: 'List, show, add, change and remove connection profiles, and keep their passwords',
  details: [
    'A profile says how a site is reached: brokers, registry, TLS, log-in. Every command takes --profile NAME, and the desktop too; KLAXON_PROFILE chooses one where nothing is said. An option wins over its variable, the variable over the profile, the profile over the default.',
    'A profile never holds a password. set-secret keeps one in the keyring of the operating system, and takes it from its variable (KLAXON_SASL_PASSWORD, KLAXON_REGISTRY_PASSWORD, KLAXON_TLS_KEY_PASSPHRASE) or asks for it without showing it. Where no keyring is open, commands take it from that variable or ask for it.',
    'Desktop and command line share one file, profiles.json in the folder Klaxon of the user’s settings (docs/operations.md).',
  ],
  operands: [DEED, PROFILE_NAME],
  options: [...FIELD_OPTIONS, UNSET_FIELD, SECRET, YES, JSON_LINES],
  examples: [
    {
      line: 'profiles add plant --bootstrap-servers kafka:9093 --registry https://registry:8081 --tls-ca ca.pem --sasl-username alice',
      does: 'A site with TLS and a log-in.',
    },
    { line: 'profiles set-secret plant', does: 'Asks for the password, and keeps it.' },
    { line: 'profiles set plant --sasl-mechanism scram-sha-256', does: 'Changes one field.' },
    { line: 'profiles list', does: 'Name, brokers and user of each.' },
  ],
  run: async (call) => {
    const [word, name] = call.given.operands;
    const deed = PROFILE_DEEDS.find((one) => one === word) ?? 'list';
    const wrong = whatIsWrong(call, deed, name);
    if (wrong !== null) return misused(wrong, 'See: klaxon profiles --help');
    return doDeed(deed, { call, path: profilesPath(call.env), name: name ?? '' });
  },
};

function doDeed(deed: ProfileDeed, task: ProfileTask): Promise<Outcome> {
  switch (deed) {
    case 'list':
      return listProfiles(task);
    case 'show':
      return showProfile(task);
    case 'add':
      return addNew(task);
    case 'set':
      return changeFields(task);
    case 'remove':
      return takeAway(task);
    case 'set-secret':
      return keepSecret(task);
    case 'forget-secret':
      return forgetKept(task);
    default:
      return assertNever(deed);
  }
}

/** An option that a deed does not know would be passed over in silence. */
function whatIsWrong(
  { given }: CommandCall,
  deed: ProfileDeed,
  name: string | undefined,
): string | null {
  if (deed === 'list' && name !== undefined) return 'list takes no NAME; show does.';
  if (deed !== 'list' && name === undefined)
    return `NAME is missing: klaxon profiles ${deed} NAME.`;
  const stray = profiles.options.find(
    (option) => given.has(option) && !OPTIONS_OF[deed].includes(option),
  );
  return stray === undefined ? null : `--${stray.name} means nothing to profiles ${deed}.`;
}

const OPTIONS_OF: Readonly<Record<ProfileDeed, Command['options']>> = {
  list: [JSON_LINES],
  show: [JSON_LINES],
  add: FIELD_OPTIONS,
  set: [...FIELD_OPTIONS, UNSET_FIELD],
  remove: [YES],
  'set-secret': [SECRET],
  'forget-secret': [SECRET],
};
