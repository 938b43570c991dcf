import { describe, expect } from 'vitest';
import { startCliSite } from '../../support/cli-site.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';

const site = startCliSite(async ({ run, other }) => {
  expect(await run('create-topics')).toMatchObject({ code: 0 });
  expect(await run('create-schemas')).toMatchObject({ code: 0 });
  await other.connect();
  await other.startReading();
});

describe('the commands of operators', () => {
  ownBrokerTest(
    'acknowledge the record that calls, once, by the rules of the console',
    async () => {
      const { run, other } = site();
      const offset = await other.raise('A1', 'MAJOR');
      expect(await run('acknowledge A1')).toEqual({
        code: 0,
        stdout: 'A1 acknowledged\n',
        stderr: '',
      });
      await expect
        .poll(() => other.seen('active-alarms', 'A1').find(({ type }) => type === 'AckEPICS'), {
          timeout: 20_000,
        })
        .toMatchObject({
          value: { msg: { 'org.jlab.kafka.alarms.AckEPICS': { ack: 'MAJOR_ACK' } } },
          headers: { producer: 'klaxon-cli', answers: `active-alarms/0/${offset}` },
        });
      const again = await run('acknowledge A1');
      expect(again.code).toBe(3);
      expect(again.stderr).toMatch(/A1 was acknowledged at .* already\. Nothing to do\.\n/);
      expect(await run('unacknowledge A1')).toMatchObject({ code: 0 });
      expect(await run('unacknowledge A1')).toMatchObject({
        code: 3,
        stderr: 'klaxon: A1 is not acknowledged. Nothing to do.\n',
      });
      expect(await run('acknowledge nobody')).toMatchObject({
        code: 3,
        stderr:
          'klaxon: No alarm is called nobody. Check the name; the alarm may have been unregistered.\n',
      });
    },
  );

  ownBrokerTest('shelve within the limit of the alarm, with a reason', async () => {
    const { run, other } = site();
    await other.register('S1', { maxShelvedSeconds: 3_600 });
    await other.register('S2', { maxShelvedSeconds: 0 });
    const done = await run('shelve S1 --for 15min --reason "being serviced"');
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toMatch(/^S1 shelved until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+00:00\n$/);
    await expect
      .poll(() => other.seen('shelved-alarms', 'S1').at(-1), { timeout: 20_000 })
      .toMatchObject({ value: { reason: 'being serviced' }, headers: { producer: 'klaxon-cli' } });
    for (const [line, sentence] of [
      ['shelve S1 --for 2h --reason x', 'S1 may be shelved for at most 1 h, until '],
      ['shelve S1 --for 15min', 'A reason is needed to shelve S1.'],
      ['shelve S1 --reason x', 'A shelf of S1 needs an end: it may last at most 1 h.'],
      ['shelve S2 --for 1min --reason x', 'S2 may not be shelved: its registration says so.'],
      [
        'shelve S1 --until 2001-01-01T00:00:00Z --reason x',
        'The end of the shelf of S1 lies in the past.',
      ],
    ]) {
      const { code, stderr } = await run(line ?? '');
      expect({ line, code, stderr }).toMatchObject({
        code: 3,
        stderr: expect.stringContaining(sentence ?? ''),
      });
    }
    expect(await run('unshelve S1 S2')).toMatchObject({
      code: 3,
      stdout: 'S1 unshelved\n',
      stderr: 'klaxon: S2 is not shelved. Nothing to do.\n',
    });
  });

  ownBrokerTest('show the whole state as seed 0’s client does, and then each change', async () => {
    const { run, follow, other } = site();
    await other.register('C1', { maxShelvedSeconds: 60 });
    // Of a MINOR alarm that compaction has overtaken meanwhile an acknowledgement would not count without a keeper.
    await other.raise('C1', 'MAJOR', 'LOLO');
    expect(await run('acknowledge C1')).toMatchObject({ code: 0, stderr: '' });
    const following = follow('client');
    await following.said('Continuing to monitor:');
    await other.raise('C1', 'NO_ALARM', 'NO_ALARM');
    await following.said(
      "C1 Reg: {'producer': {'pv': 'C1:STAT'}, 'location': 'NL', 'category': 'Vacuum', 'maxshelveduration': 60, 'latching': False, 'docurl': 'vacuum/valves.html', 'edmpath': 'vacuum/valves.edl'} Alm: {'sevr': 'NO_ALARM', 'stat': 'NO_ALARM'} Ack: None Shel: None\n",
    );
    const { code, stdout } = await following.stop();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Initial State:\n/);
    expect(stdout).toMatch(
      /C1 .* Alm: \{'sevr': 'MAJOR', 'stat': 'LOLO'\} Ack: \{'ack': 'MAJOR_ACK'\} Shel: None\n/,
    );
  });

  ownBrokerTest('check the site as the console does', async () => {
    const { run } = site();
    const { stdout, code } = await run('check-up --json');
    const { findings } = JSON.parse(stdout);
    expect(findings).toContainEqual({
      part: 'topic active-alarms',
      finding: 'ok',
      message: expect.any(String),
    });
    expect(findings).toContainEqual({
      part: 'subjects',
      finding: 'ok',
      message: 'Every subject that is needed has a schema.',
    });
    expect(findings).toContainEqual({
      part: 'generation',
      finding: 'ok',
      message: expect.stringContaining('active-alarms: seed 0 v1'),
    });
    expect([0, 4]).toContain(code);
    expect((await run('check-up')).stdout).toContain('records');
  });
});

describe('what goes wrong', () => {
  ownBrokerTest('is told: a registry that is gone, a topic that is missing', async () => {
    const { run } = site();
    const gone = await run('set-active-alarming --alarming A1 --registry http://127.0.0.1:1');
    expect(gone).toMatchObject({ code: 1, stdout: '' });
    expect(gone.stderr).toContain('127.0.0.1:1');
    const missing = await run('list-monitored');
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('monitored-pvs');
    const broker = await run('list-active --bootstrap-servers 127.0.0.1:1 --timeout 0.5');
    expect(broker.code).toBe(1);
    expect(broker.stderr).not.toContain('tries again');
  });

  ownBrokerTest('names the name of an alarm that is too long, and its limit', async () => {
    const { run } = site();
    const long = await run(['set-active-alarming', '--alarming', 'x'.repeat(10_240)]);
    expect(long.code).toBe(2);
    expect(long.stderr).toContain('shorten it to 8192 bytes');
  });

  ownBrokerTest('look past a record of nearly a megabyte that says nothing', async () => {
    const { run, other } = site();
    await other.raise('BIG', 'MAJOR');
    const offset = await other.sendDamaged('BIG', Buffer.alloc(1_000_000, 'a'));
    await other.raise('NEXT', 'MINOR');
    const list = await run('list-active --nometa');
    expect(list.stdout).toContain(
      "{'name': 'BIG', 'type': 'AlarmingEPICS'} = undecodable: the value is not framed Avro\n{'name': 'NEXT'",
    );
    expect((await run('check-up')).stdout).toContain(
      `1 cannot be decoded; the newest, active-alarms/0/${offset}: the value is longer than 262144 bytes.`,
    );
    expect(await run('acknowledge NEXT')).toMatchObject({ code: 0 });
  });

  ownBrokerTest('names the field of a registration that is too long, and its limit', async () => {
    const { run } = site();
    const line = (name: string, docurl: string) =>
      `${name}=${JSON.stringify({ producer: { DirectCAAlarm: { pv: 'x' } }, location: 'NL', category: 'RF', maxshelveduration: null, latching: false, docurl, edmpath: 'y' })}\n`;
    const input = line('R1', 'short') + line('R2', 'd'.repeat(1_100_000));
    expect(await run('set-registered --file -', input)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'klaxon: Line 2: docurl cannot be written: it is 1100000 bytes long; shorten it to 8192 bytes.\n',
    });
    expect((await run('list-registered')).stdout.includes('R1')).toBe(false);
  });

  ownBrokerTest('says that the topic of a list that is followed was made anew', async () => {
    const { run, follow } = site();
    await run('set-shelved BEFORE --reason x --expirationseconds 600');
    const following = follow('list-shelved --monitor --nometa');
    await following.said('BEFORE');
    expect(await run('delete-topics shelved-alarms --yes')).toMatchObject({ code: 0 });
    expect(await run('create-topics')).toMatchObject({ code: 0 });
    await run('set-shelved AFTER --reason x --expirationseconds 600');
    await following.said('AFTER');
    const { code, stderr } = await following.stop();
    expect(code).toBe(0);
    expect(stderr).toContain(
      'The topic shelved-alarms was deleted and made anew. What follows is read again from its start.',
    );
    expect(stderr).not.toContain('nothing was missed');
  });
});
