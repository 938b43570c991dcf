import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../adapters/system/system-clock.ts';
import { run } from '../../../cli/run.ts';
import { createFakeTerminal } from '../../fakes/fake-terminal.ts';

async function klaxon(...words: readonly string[]) {
  const terminal = createFakeTerminal();
  const code = await run(words, {
    terminal,
    env: {},
    clock: createSystemClock(),
    identity: () => ({ user: 'u', producer: 'klaxon-cli', host: 'h' }),
  });
  return { code, written: terminal.written(), told: terminal.told().join('\n') };
}

describe('klaxon', () => {
  it('lists its commands without a word, and with --help', async () => {
    const { code, written } = await klaxon();
    expect(code).toBe(0);
    expect(written).toContain('list-active');
    expect((await klaxon('--help')).written).toBe(written);
  });

  it('explains a command', async () => {
    const { written } = await klaxon('set-shelved', '--help');
    expect(written).toContain('--expirationseconds SECONDS');
    expect((await klaxon('help', 'set-shelved')).written).toBe(written);
  });

  it('says which command was probably meant', async () => {
    expect(await klaxon('list-activ')).toMatchObject({
      code: 2,
      told: 'klaxon: There is no command "list-activ". Did you mean list-active?',
    });
  });

  it('prints its version', async () => {
    expect((await klaxon('--version')).written).toMatch(/^klaxon \d+\.\d+\.\d+\n$/);
  });

  it.each([
    [['set-active-alarming', ''], 'NAME is empty'],
    [['set-active-alarming', 'a\ufffd'], 'NAME is not UTF-8'],
    [
      ['set-active-alarming-epics', 'x'],
      '--sevr is missing; choose one of: NO_ALARM, MINOR, MAJOR',
    ],
    [['set-active-alarming-epics', '--sevr', 'BAD', 'x'], 'choose one of'],
    [['set-active-ack-epics', 'x'], '--ack is missing; choose one of'],
    [
      ['set-shelved', '--reason', 'x', '--expiration', '1', 'x'],
      '--expiration cannot be "1": the end of the shelf lies in the past',
    ],
    [['set-shelved', '--reason', 'x', '--expiration', '1800000000', 'x'], 'It looks like seconds'],
    [['set-shelved', '--reason', 'x', '--expirationseconds', '-5', 'x'], 'lies in the past'],
    [
      ['set-shelved', '--reason', 'x', '--expiration', '9007199254740991', 'x'],
      'The end lies beyond every calendar',
    ],
    [
      ['set-shelved', '--reason', 'x', '--expirationseconds', '9007199254740991', 'x'],
      'The end lies beyond every calendar',
    ],
    [['shelve', 'x', '--for', '999999999d', '--reason', 'y'], 'The end lies beyond every calendar'],
    [['set-shelved', '--expirationseconds', '5', 'x'], '--reason is missing'],
    [['set-shelved', '--expirationseconds', 'soon', 'x'], 'is not a whole number'],
    [['set-shelved', '--user', 'me', '--reason', 'x', 'x'], 'add --generation seed1'],
    [['set-shelved', '--generation', 'seed1', '--reason', 'x', 'x'], '--user is missing'],
    [['set-registered', 'x'], 'Give one of --producerpv and --producerjar'],
    [['set-registered', '--producerpv', 'p', 'x'], 'Give all of --location'],
    [
      ['set-registered', '--file', 'no-such-file'],
      'The file no-such-file cannot be read: there is no such file or folder.',
    ],
    [['set-registered', '--file', 'test'], 'cannot be read: it is a folder, not a file.'],
    [
      ['set-registered', '--file', 'a', '--location', 'INJ'],
      '--location means nothing beside --file',
    ],
    [['set-registered', '--file', 'a', '--unset'], '--file means nothing beside --unset'],
    [
      ['set-active-alarming', '--alarming', '--unset', 'x'],
      '--alarming means nothing beside --unset',
    ],
    [['set-shelved', '--unset', '--reason', 'x', 'x'], '--reason means nothing beside --unset'],
    [['import', '--file', 'no-such-file'], 'no such file or folder. Give with --file'],
    [['import', '--file', 'package.json'], 'This is no file of klaxon export'],
    [
      ['list-active', '--bootstrap-servers', 'kafka'],
      '--bootstrap-servers cannot be "kafka": it is not',
    ],
    [
      ['list-schemas', '--registry', 'registry:8081'],
      '--registry cannot be "registry:8081": it is not',
    ],
    [['list-active', '--tls-cert', 'package.json'], 'tls-cert names holds no certificate'],
    [['list-active', '--since', '1960-01-01T00:00:00Z'], 'it lies before 1970'],
    [['create-user', ' '], 'USER is empty'],
    [['delete-topics', ''], 'TOPIC is empty'],
    [['help', 'list-active', 'more'], '"more" is one word too many'],
    [['set-monitored', 'x'], 'Give both --topic and --mask'],
    [['set-active', 'x'], '--priority is missing'],
    [['shelve', 'x', '--for', '15', '--reason', 'y'], 'write it with units'],
    [
      ['shelve', 'x', '--until', '2030-01-01T00:00:00', '--reason', 'y'],
      'its time zone is missing',
    ],
    [['list-active', '--since', '2026-01-01T00:00:00'], 'its time zone is missing'],
    [['list-active', '--follow', '--until', '1h'], 'give one of them'],
    [['list-active', '--timeout', '0'], '--timeout cannot be "0"'],
    [['list-active', '--embedded', 'no/such/folder'], 'There is no alarm log in no/such/folder'],
    [['list-active', '--sasl-mechanism', 'plain'], 'needs a user'],
    [['list-active', '--sasl-username', 'me'], 'There is no password: set KLAXON_SASL_PASSWORD'],
    [
      ['list-active', '--tls-ca', 'no-such-file'],
      'The file that tls-ca names, no-such-file, cannot be read: there is no such file',
    ],
    [['serve'], 'SERVICE is missing'],
    [['serve', 'plant'], 'choose one of: shelf, keeper'],
    [['create-user', 'alice'], 'There is no password: set KLAXON_USER_PASSWORD'],
    [['create-user', 'alice', '--password', 's'], 'There is no option --password'],
    [['remove-user', 'alice'], 'Nobody can be asked here: say --yes'],
    [['grant', 'king', '--user', 'alice'], 'choose one of: operator, viewer'],
    [['grant', 'operator'], '--user is missing'],
    [['revoke', 'operator', '--user', '*'], 'A role is of one user'],
    [['add-acl', '--user', 'alice', '--topic', 't'], '--operation is missing'],
    [['remove-acl', '--operation', 'Read'], 'Name a user, a topic, a group or the cluster'],
    [['reset-group', 'g', '--to', 'latest'], '--topic is missing'],
    [['reset-group', 'g', '--topic', 't'], 'Give one of --to, --to-offset and --to-time'],
    [['register-schema', 's', 'no-such-file'], 'no-such-file cannot be read'],
    [['register-schema', 's', 'package.json'], 'package.json holds no Avro schema'],
    [['completions', 'tcsh'], 'choose one of: bash, zsh, fish'],
  ])('refuses %j with exit code 2', async (words, sentence) => {
    const { code, told } = await klaxon(...words);
    expect(told).toContain(sentence);
    expect(code).toBe(2);
  });
});
