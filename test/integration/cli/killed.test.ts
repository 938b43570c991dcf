import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { putSettings } from '../../../adapters/kafka/administration/mend-topics.ts';
import { answered } from '../../support/answered.ts';
import type { TestCli } from '../../support/cli-run.ts';
import { wordsOf } from '../../support/command-words.ts';
import { whyNoBroker } from '../../support/java-process.ts';
import { withCluster } from '../../support/kafka-connection.ts';
import { NO_KEYRING } from '../../support/private-keyring.ts';
import { startSecureCliSite } from '../../support/secure-cli-site.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';
import { withAdmin } from '../../support/temporary-topics.ts';

const ground = startSecureCliSite();

/** One command that writes, on something of its own named NAME. */
interface WritingCommand {
  readonly line: string;
  /** What brings about the state before it: lines of commands, or a deed of somebody else. */
  readonly before?: readonly (string | ((name: string) => Promise<unknown>))[];
  /** The command that shows the state; of its lines those count that hold the name, or all. */
  readonly look: string;
  readonly isAllShown?: boolean;
}

const LIST_ACTIVE = 'list-active --nometa';
const LIST_SHELVED = 'list-shelved --nometa';
const RAISE = 'set-active-alarming --alarming NAME';
const RAISE_EPICS = 'set-active-alarming-epics --sevr MAJOR --stat HIHI NAME';
const SHELVE = 'shelve NAME --until 2090-01-01T00:00:00Z --reason broken';
const REGISTER =
  'set-registered --producerpv channel1 --location INJ --category RF --docurl a --edmpath b NAME';
const LIST_REGISTERED = 'list-registered --nometa';
const LIST_ACLS = 'list-acls --user NAME';
const LIST_PROFILES = 'profiles list';
const ADD_PROFILE = 'profiles add NAME --bootstrap-servers one:9092';
const GROUP = 'reset-group archiver --topic registered-alarms --yes';

const COMMANDS: readonly WritingCommand[] = [
  { line: RAISE, look: LIST_ACTIVE },
  { line: 'set-active-alarming --unset NAME', before: [RAISE], look: LIST_ACTIVE },
  { line: RAISE_EPICS, look: LIST_ACTIVE },
  { line: 'set-active-ack NAME', before: [RAISE], look: LIST_ACTIVE },
  { line: 'set-active-ack-epics --ack MAJOR_ACK NAME', before: [RAISE_EPICS], look: LIST_ACTIVE },
  { line: 'acknowledge NAME', before: [RAISE], look: LIST_ACTIVE },
  { line: 'unacknowledge NAME', before: [RAISE, 'acknowledge NAME'], look: LIST_ACTIVE },
  { line: SHELVE, before: [REGISTER], look: LIST_SHELVED },
  { line: 'unshelve NAME', before: [REGISTER, SHELVE], look: LIST_SHELVED },
  {
    line: 'set-shelved --expiration 3786912000000 --reason broken NAME',
    look: LIST_SHELVED,
  },
  { line: REGISTER, look: LIST_REGISTERED },
  { line: 'set-registered --unset NAME', before: [REGISTER], look: LIST_REGISTERED },
  { line: 'set-registered --file FOLDER/NAME.txt', before: [manyAlarms], look: LIST_REGISTERED },
  { line: 'import --append --file FOLDER/NAME.jsonl', before: [backup], look: LIST_REGISTERED },
  { line: 'mend-topics --yes', before: [spoilTopics], look: 'mend-topics', isAllShown: true },
  { line: 'register-schema NAME FOLDER/text.avsc', look: 'list-schemas' },
  { line: 'create-user NAME', look: 'list-users' },
  { line: 'set-user-password NAME', before: [oldUser], look: 'test-login NAME' },
  { line: 'remove-user --yes NAME', before: ['create-user NAME'], look: 'list-users' },
  { line: 'add-acl --user NAME --topic a --operation Read', look: LIST_ACLS },
  {
    line: 'remove-acl --yes --user NAME',
    before: ['grant operator --user NAME'],
    look: LIST_ACLS,
  },
  { line: 'grant operator --user NAME', look: LIST_ACLS },
  {
    line: 'revoke operator --user NAME',
    before: ['grant operator --user NAME', 'grant keeper --user NAME'],
    look: LIST_ACLS,
  },
  { line: ADD_PROFILE, look: LIST_PROFILES },
  {
    line: 'profiles set NAME --bootstrap-servers two:9092',
    before: [ADD_PROFILE],
    look: LIST_PROFILES,
  },
  { line: 'profiles remove --yes NAME', before: [ADD_PROFILE], look: LIST_PROFILES },
  {
    line: `${GROUP} --to earliest`,
    before: [`${GROUP} --to latest`],
    look: 'describe-group archiver',
    isAllShown: true,
  },
  // Seed 1 shares a topic with us: nothing may come after these.
  {
    line: 'create-topics --generation seed1',
    before: ['delete-topics --generation seed1 --yes'],
    look: 'list-topics',
    isAllShown: true,
  },
  {
    line: 'delete-topics --generation seed1 --yes',
    before: ['create-topics --generation seed1'],
    look: 'list-topics',
    isAllShown: true,
  },
];

/** Of the time that an undisturbed run takes. What comes before is the start of the program. */
const KILLED_AT = [0.6, 0.85];

beforeAll(async () => {
  if ((await whyNoBroker()) !== null) return;
  await ground().done('admin', 'create-schemas');
  await writeFile(join(ground().folder, 'text.avsc'), '"string"');
  await withAdmin(ground().site.broker.plain, (admin) =>
    admin.setOffsets({
      groupId: 'archiver',
      topic: 'registered-alarms',
      partitions: [{ partition: 0, offset: '0' }],
    }),
  );
});

describe('a command that is killed at any moment', () => {
  for (const [index, command] of COMMANDS.entries()) {
    ownBrokerTest(`leaves nothing half done: ${command.line}`, async () => {
      const { before, after, tookMs } = await undisturbed(command, nameOf(index, 0));
      let soonMs = tookMs;
      for (let at = 1, kills = 0; kills < KILLED_AT.length; at += 1) {
        const name = nameOf(index, at);
        await prepare(command, name);
        const cli = await cliOfAdmin();
        const words = wordsOf(lineFor(command.line, name));
        // One that has ended by then was faster than the first: it is tried again, and sooner.
        if (await cli.kill(words, soonMs * (KILLED_AT[kills] ?? 1))) kills += 1;
        else soonMs *= 0.9;
        const left = await look(command, name);
        // Each thing is as it was or as it shall be, and what stays the same is there.
        expect([...before, ...after]).toEqual(expect.arrayContaining([...left]));
        expect(left).toEqual(expect.arrayContaining(before.filter((line) => after.includes(line))));
        const again = await cli.run(words);
        if (left.join() !== after.join()) expect(again).toMatchObject({ code: 0 });
        expect(await look(command, name)).toEqual(after);
      }
    });
  }
});

/** No name is a part of another. */
function nameOf(command: number, attempt: number): string {
  return `K${command}X${attempt}X`;
}

/** The states before and after, and how long it takes. */
async function undisturbed(command: WritingCommand, name: string) {
  await prepare(command, name);
  const before = await look(command, name);
  const startedAt = performance.now();
  await done(command.line, name);
  const tookMs = performance.now() - startedAt;
  const after = await look(command, name);
  expect(after).not.toEqual(before);
  return { before, after, tookMs };
}

async function prepare({ before = [] }: WritingCommand, name: string): Promise<void> {
  for (const step of before) {
    if (typeof step === 'string') await done(step, name);
    else await step(name);
  }
}

/** What the commands show, with NAME for the name, so that states of different names compare. */
async function look(
  { look, isAllShown }: WritingCommand,
  name: string,
): Promise<readonly string[]> {
  const { code, stdout } = await (await cliOfAdmin()).run(wordsOf(lineFor(look, name)));
  const lines = stdout.split('\n').filter((line) => isAllShown === true || line.includes(name));
  return [`exit ${code}`, ...lines.map((line) => line.replaceAll(name, 'NAME'))];
}

function lineFor(line: string, name: string): string {
  return line.replaceAll('NAME', name).replaceAll('FOLDER', ground().folder);
}

function cliOfAdmin(): Promise<TestCli> {
  return ground().cliOf('admin', {
    KLAXON_USER_PASSWORD: 'new-secret',
    XDG_CONFIG_HOME: ground().folder,
    ...NO_KEYRING,
  });
}

async function done(line: string, name: string): Promise<void> {
  const ended = await (await cliOfAdmin()).run(wordsOf(lineFor(line, name)));
  expect(ended, line).toMatchObject({ code: 0 });
}

/** A file for `set-registered --file`. */
async function manyAlarms(name: string): Promise<void> {
  const [line = ''] = await listedOnce(name, 'list-registered --export', `${name}=`);
  const lines = namesLike(name).map((alarm) => line.replace(name, alarm));
  await writeFile(lineFor('FOLDER/NAME.txt', name), `${lines.join('\n')}\n`);
}

/** A file for `import`. */
async function backup(name: string): Promise<void> {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const lines = await listedOnce(name, 'export registered-alarms', '');
  const record = lines.find((line) => line.includes(`"${base64(name)}"`)) ?? '';
  const records = namesLike(name).map((alarm) => record.replace(base64(name), base64(alarm)));
  const head = lines.filter((line) => !/"timestampAt"|"klaxonExportEnd"/.test(line));
  const end = JSON.stringify({ klaxonExportEnd: { records: records.length, unreadable: 0 } });
  await writeFile(lineFor('FOLDER/NAME.jsonl', name), [...head, ...records, end].join('\n'));
}

function namesLike(name: string): readonly string[] {
  return Array.from({ length: 300 }, (_, index) => `${name}-${index}`);
}

/** The lines of a listing that begin so, made while an alarm of that name is registered. */
async function listedOnce(name: string, listing: string, start: string) {
  await done(REGISTER, name);
  const listed = await ground().done('admin', listing);
  await done('set-registered --unset NAME', name);
  return listed.split('\n').filter((line) => line !== '' && line.startsWith(start));
}

/** Somebody has changed settings of ours. */
async function spoilTopics(): Promise<void> {
  const settings = { 'delete.retention.ms': '100', 'cleanup.policy': 'delete' };
  const spoilt = ['active-alarms', 'shelved-alarms'].map((topic) => ({ topic, settings }));
  await withCluster(ground().site.broker.plain, async (cluster) =>
    answered(await putSettings(cluster, spoilt)),
  );
}

async function oldUser(name: string): Promise<void> {
  await ground().done('admin', `create-user ${name}`, { KLAXON_USER_PASSWORD: 'old-secret' });
}
