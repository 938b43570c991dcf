import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { putSettings } from '../../../adapters/kafka/administration/mend-topics.ts';
import { answered } from '../../support/answered.ts';
import { wordsOf } from '../../support/command-words.ts';
import { withCluster } from '../../support/kafka-connection.ts';
import { type SecureCliSite, startSecureCliSite } from '../../support/secure-cli-site.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';
import { withAdmin } from '../../support/temporary-topics.ts';

const ground = startSecureCliSite();
const run: SecureCliSite['run'] = (...call) => ground().run(...call);
const done: SecureCliSite['done'] = (...call) => ground().done(...call);

const BERIT = { KLAXON_USER_PASSWORD: 'berit-secret' };

describe('administration from the command line', () => {
  ownBrokerTest('creates, lists, tries and removes users', async () => {
    expect(await done('admin', 'create-user berit', BERIT)).toBe('user berit created\n');
    const again = await run('admin', 'create-user berit', BERIT);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toContain('There is a user berit already.');
    expect(await done('admin', 'list-users')).toMatch(/^berit +scram-sha-512$/m);
    await done('admin', 'test-login berit', BERIT);
    const other = { KLAXON_USER_PASSWORD: 'other' };
    await done('admin', 'set-user-password berit', other);
    expect(await run('admin', 'test-login berit', BERIT)).toMatchObject({ code: 1 });
    await done('admin', 'test-login berit', other);
    expect(await run('admin', 'remove-user berit')).toMatchObject({ code: 2 });
    await done('admin', 'remove-user --yes berit');
    expect(await done('admin', 'list-users')).not.toContain('berit');
  });

  ownBrokerTest('grants a role, with which its work can be done and no other', async () => {
    await done('admin', 'create-user carl', { KLAXON_USER_PASSWORD: 'carl-secret' });
    await done('admin', 'create-schemas');
    const stranger = await run('carl', 'list-active --timeout 5');
    expect(stranger).toMatchObject({ code: 1, stdout: '' });
    expect(stranger.stderr).toContain('active-alarms');
    expect(await done('admin', 'grant reader --user carl')).toMatch(
      /^User:carl +\* +allow +Read +topic active-alarms$/m,
    );
    await done('carl', 'list-active');
    const writing = await run('carl', 'set-active-alarming --alarming X1');
    expect(writing).toMatchObject({ code: 1, stdout: '' });
    expect(writing.stderr).toMatch(/Write.*active-alarms/);
    const asking = await run('carl', 'list-users');
    expect(asking).toMatchObject({ code: 1, stdout: '' });
    expect(asking.stderr).toContain('Describe on the cluster');
    const table = await run('admin', 'who-may-what --user carl active-alarms');
    expect(table.stdout).toMatch(/^User:carl +active-alarms +Read, Describe, DescribeConfigs$/m);
    expect(table.stderr).toContain('Super users may do everything');
    await done('admin', 'grant source --user carl');
    await done('carl', 'set-active-alarming --alarming X1');
    expect(await done('admin', 'revoke reader --user carl')).toContain('topic shelved-alarms');
    expect(await done('admin', 'list-acls --user carl')).toMatch(
      /^WHO.*\nUser:carl +\* +allow +Write +topic active-alarms\n$/,
    );
  });

  ownBrokerTest('adds and removes single rules, and proves that they are gone', async () => {
    const rule = '--user dora --topic alarm- --prefixed --operation Read --permission deny';
    await done('admin', `add-acl ${rule}`);
    expect(await done('admin', 'list-acls --topic alarm-journal')).toContain(
      'every topic that begins with alarm-',
    );
    expect(await run('admin', 'remove-acl --user dora')).toMatchObject({ code: 2, stdout: '' });
    expect(await done('admin', 'remove-acl --yes --user dora')).toContain('deny');
    expect(await done('admin', 'list-acls --user dora')).toBe('');
  });

  ownBrokerTest('lists, describes and resets groups', async () => {
    const committed = { topic: 'active-alarms', partitions: [{ partition: 0, offset: '0' }] };
    await withAdmin(ground().site.broker.plain, (admin) =>
      admin.setOffsets({ groupId: 'archiver', ...committed }),
    );
    await done('admin', 'create-schemas');
    await done('admin', 'set-active-alarming --alarming X2');
    expect(await done('admin', 'show-consumer-groups')).toMatch(/^archiver +classic +Empty$/m);
    expect(await done('admin', 'describe-group archiver')).toMatch(/^active-alarms +0 +0 +\d+/m);
    const reset = 'reset-group archiver --topic active-alarms --to latest';
    const shown = await run('admin', reset);
    expect(shown.stderr).toContain('Nothing was changed');
    expect(await done('admin', reset)).toBe(shown.stdout);
    expect(await done('admin', `${reset} --yes`)).toBe(shown.stdout);
    expect(await done('admin', reset)).not.toBe(shown.stdout);
    expect(await run('admin', 'describe-group nobody')).toMatchObject({ code: 1, stdout: '' });
  });

  ownBrokerTest('mends topics, and compares schemas', async () => {
    const settings = { 'delete.retention.ms': '100' };
    await withCluster(ground().site.broker.plain, async (cluster) =>
      answered(await putSettings(cluster, [{ topic: 'shelved-alarms', settings }])),
    );
    const shown = await done('admin', 'mend-topics');
    expect(shown).toContain('delete.retention.ms: 100 → 86400000');
    expect(await done('admin', 'mend-topics --yes')).toBe(shown);
    expect(await done('admin', 'mend-topics')).not.toContain('delete.retention.ms');
    await done('admin', 'create-schemas');
    expect(await done('admin', 'check-schemas')).toContain('active-alarms-value: same');
    expect(await run('admin', 'check-schemas --generation seed1')).toMatchObject({ code: 4 });
    const dir = ground().folder;
    await done('admin', `dump-schemas --dir ${dir}`);
    const file = join(dir, 'active-alarms-value.avsc');
    expect(await done('admin', `register-schema other-value ${file}`)).toMatch(
      /^other-value registered with id \d+\n$/,
    );
  });
});

describe('klaxon serve on a secured broker', () => {
  ownBrokerTest(
    'runs a service with the rights of its role, until it is told to stop',
    async () => {
      const user = await ground().site.addUser('shelf-service');
      const cli = await ground().cliOf(user);
      await done('admin', 'create-schemas');
      const service = cli.follow(wordsOf('serve shelf --http-address off'));
      await service.said('"live"');
      expect(await service.stop()).toMatchObject({ code: 0 });
    },
  );

  ownBrokerTest('hands the service’s own refusals and help on', async () => {
    const unknown = await run('admin', 'serve keeper --no-such-option 1');
    expect(unknown).toMatchObject({ code: 64, stdout: '' });
    expect(await done('admin', 'serve shelf --help')).toContain('klaxon serve shelf:');
  });
});
