import type { Command } from './command.ts';

/**
 * Every command by its name, each loaded when it is asked for: `klaxon list-active` loads nothing of the others.
 * The order is that of help, man page and docs/cli.md.
 */
const LOADERS = {
  'list-active': async () => (await import('../commands/list-active.ts')).listActive,
  'set-active-alarming': async () =>
    (await import('../commands/set-active-alarming.ts')).setActiveAlarming,
  'set-active-ack': async () => (await import('../commands/set-active-ack.ts')).setActiveAck,
  'set-active-alarming-epics': async () =>
    (await import('../commands/set-active-alarming-epics.ts')).setActiveAlarmingEpics,
  'set-active-ack-epics': async () =>
    (await import('../commands/set-active-ack-epics.ts')).setActiveAckEpics,
  acknowledge: async () => (await import('../commands/acknowledge.ts')).acknowledge,
  unacknowledge: async () => (await import('../commands/unacknowledge.ts')).unacknowledge,
  client: async () => (await import('../commands/client.ts')).client,
  'list-registered': async () => (await import('../commands/list-registered.ts')).listRegistered,
  'set-registered': async () => (await import('../commands/set-registered.ts')).setRegistered,
  'list-shelved': async () => (await import('../commands/list-shelved.ts')).listShelved,
  'set-shelved': async () => (await import('../commands/set-shelved.ts')).setShelved,
  shelve: async () => (await import('../commands/shelve.ts')).shelve,
  unshelve: async () => (await import('../commands/unshelve.ts')).unshelve,
  'list-monitored': async () => (await import('../commands/list-monitored.ts')).listMonitored,
  'set-monitored': async () => (await import('../commands/set-monitored.ts')).setMonitored,
  'list-alarms': async () => (await import('../commands/list-alarms.ts')).listAlarms,
  'set-alarm': async () => (await import('../commands/set-alarm.ts')).setAlarm,
  'set-active': async () => (await import('../commands/set-active.ts')).setActive,
  'create-topics': async () => (await import('../commands/create-topics.ts')).createTopics,
  'describe-topics': async () => (await import('../commands/describe-topics.ts')).describeTopics,
  'list-topics': async () => (await import('../commands/list-topics.ts')).listTopics,
  'delete-topics': async () => (await import('../commands/delete-topics.ts')).deleteTopics,
  'mend-topics': async () => (await import('../commands/mend-topics.ts')).mendTopics,
  'create-schemas': async () => (await import('../commands/create-schemas.ts')).createSchemas,
  'list-schemas': async () => (await import('../commands/list-schemas.ts')).listSchemas,
  'dump-schemas': async () => (await import('../commands/dump-schemas.ts')).dumpSchemas,
  'check-schemas': async () => (await import('../commands/check-schemas.ts')).checkSchemas,
  'register-schema': async () => (await import('../commands/register-schema.ts')).registerSchema,
  profiles: async () => (await import('../commands/profiles.ts')).profiles,
  'create-user': async () => (await import('../commands/create-user.ts')).createUser,
  'set-user-password': async () =>
    (await import('../commands/set-user-password.ts')).setUserPassword,
  'list-users': async () => (await import('../commands/list-users.ts')).listUsers,
  'remove-user': async () => (await import('../commands/remove-user.ts')).removeUser,
  'test-login': async () => (await import('../commands/test-login.ts')).testLogin,
  grant: async () => (await import('../commands/grant.ts')).grant,
  revoke: async () => (await import('../commands/revoke.ts')).revoke,
  'list-acls': async () => (await import('../commands/list-acls.ts')).listAcls,
  'add-acl': async () => (await import('../commands/add-acl.ts')).addAcl,
  'remove-acl': async () => (await import('../commands/remove-acl.ts')).removeAcl,
  'who-may-what': async () => (await import('../commands/who-may-what.ts')).whoMayWhat,
  'list-groups': async () => (await import('../commands/list-groups.ts')).listGroups,
  'describe-group': async () => (await import('../commands/describe-group.ts')).describeGroup,
  'reset-group': async () => (await import('../commands/reset-group.ts')).resetGroup,
  export: async () => (await import('../commands/export.ts')).exportTopics,
  import: async () => (await import('../commands/import.ts')).importTopics,
  'check-up': async () => (await import('../commands/check-up.ts')).checkUp,
  serve: async () => (await import('../commands/serve.ts')).serve,
  completions: async () => (await import('../commands/completions.ts')).completions,
  man: async () => (await import('../commands/man.ts')).man,
  version: async () => (await import('../commands/version.ts')).version,
} satisfies Readonly<Record<string, () => Promise<Command>>>;

const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map(Object.entries(LOADERS));

/** Other names, of the seeds' scripts. */
const ALIASES: ReadonlyMap<string, string> = new Map([['show-consumer-groups', 'list-groups']]);

/** The names of the commands. */
export const COMMAND_NAMES: readonly string[] = [...COMMANDS.keys()];

/** The command of this name, or of this name in the seeds; undefined where there is none. */
export async function loadCommand(name: string): Promise<Command | undefined> {
  return COMMANDS.get(ALIASES.get(name) ?? name)?.();
}

/** All of them, for help, completions and documents. */
export function everyCommand(): Promise<readonly Command[]> {
  return Promise.all([...COMMANDS.values()].map((load) => load()));
}
