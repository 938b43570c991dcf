import { hostname, userInfo } from 'node:os';
import { describe, expect } from 'vitest';
import { startCliSite } from '../../support/cli-site.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';

const AUDIT = { user: userInfo().username, producer: 'klaxon-cli', host: hostname() };
const META = / \| \S+ \| klaxon-cli \| \S+ \| /;

const site = startCliSite(async ({ run, other }) => {
  expect(await run('create-topics')).toMatchObject({ code: 0 });
  expect(await run('create-schemas')).toMatchObject({ code: 0 });
  await other.connect();
  await other.startReading();
});

/** Answers once somebody else's program has read this value of the alarm. */
async function seenByOther(topic: string, name: string, value: unknown, type?: string) {
  await expect
    .poll(
      () =>
        site()
          .other.seen(topic, name)
          .filter((one) => type === undefined || one.type === type)
          .at(-1),
      {
        timeout: 20_000,
      },
    )
    .toMatchObject({ value, headers: AUDIT });
}

const EPICS = 'org.jlab.kafka.alarms.AlarmingEPICS';

describe('the commands of seed 0, generation v1', () => {
  ownBrokerTest('register an alarm, list it in the form of the seeds, and remove it', async () => {
    const { run } = site();
    const set =
      'set-registered --producerpv pv1 --location INJ --category RF --maxshelveduration 60 --latching --docurl a.html --edmpath b.edl R1';
    expect(await run(set)).toEqual({ code: 0, stdout: 'Message delivered\n', stderr: '' });
    const value =
      "{'producer': {'pv': 'pv1'}, 'location': 'INJ', 'category': 'RF', 'maxshelveduration': 60, 'latching': True, 'docurl': 'a.html', 'edmpath': 'b.edl'}";
    const { stdout } = await run('list-registered');
    expect(stdout).toMatch(META);
    expect(stdout).toMatch(/^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4} \| /);
    expect(stdout).toContain(`| R1 ${value}\n`);
    expect((await run('list-registered --nometa --category RF')).stdout).toBe(`R1 ${value}\n`);
    expect((await run('list-registered --category Magnet')).stdout).toBe('');
    await seenByOther('registered-alarms', 'R1', { location: 'INJ', latching: true });
    expect(await run('set-registered --unset R1')).toMatchObject({ code: 0 });
    await seenByOther('registered-alarms', 'R1', null);
    expect((await run('list-registered')).stdout).toBe('');
    expect((await run('list-registered --all --nometa')).stdout).toBe(`R1 ${value}\nR1 None\n`);
  });

  ownBrokerTest('register what list-registered --export wrote, all lines or none', async () => {
    const { run } = site();
    await run(
      'set-registered --producerjar x.jar --location NL --category RF --docurl a --edmpath b E=1',
    );
    const { stdout: exported } = await run('list-registered --export');
    expect(exported).toBe(
      'E=1={"producer":{"org.jlab.kafka.alarms.StreamRuleAlarm":{"jar":"x.jar"}},"location":"NL","category":"RF","maxshelveduration":null,"latching":false,"docurl":"a","edmpath":"b"}\n',
    );
    const two = exported + exported.replace('E=1', 'E2');
    expect(await run('set-registered --file -', two)).toMatchObject({
      code: 0,
      stdout: '2 messages delivered\n',
    });
    await seenByOther('registered-alarms', 'E2', { location: 'NL' });
    const wrong = await run(
      'set-registered --file -',
      `${two}E3=${exported.slice(4).replace('NL', 'XX')}`,
    );
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain(
      'Line 3: location "XX" is not registered; choose one of: INJ, NL, SL',
    );
  });

  ownBrokerTest('trip, clear and acknowledge, simple and EPICS, for any reader', async () => {
    const { run } = site();
    expect(await run('set-active-alarming --alarming A1')).toMatchObject({ code: 0, stderr: '' });
    await seenByOther(
      'active-alarms',
      'A1',
      { msg: { 'org.jlab.kafka.alarms.Alarming': { alarming: true } } },
      'Alarming',
    );
    const plain = await run('set-active-alarming A1');
    expect(plain.stderr).toContain('trips nothing (generation v1)');
    await seenByOther(
      'active-alarms',
      'A1',
      { msg: { 'org.jlab.kafka.alarms.Alarming': { alarming: false } } },
      'Alarming',
    );
    await run('set-active-ack --ack A1');
    await seenByOther(
      'active-alarms',
      'A1',
      { msg: { 'org.jlab.kafka.alarms.Ack': { acknowledged: true } } },
      'Ack',
    );
    await run('set-active-alarming-epics --sevr MAJOR --stat HIHI A1');
    await seenByOther(
      'active-alarms',
      'A1',
      { msg: { [EPICS]: { sevr: 'MAJOR', stat: 'HIHI' } } },
      'AlarmingEPICS',
    );
    await run('set-active-alarming-epics --unset A1');
    await seenByOther(
      'active-alarms',
      'A1',
      { msg: { [EPICS]: { sevr: 'NO_ALARM', stat: 'NO_ALARM' } } },
      'AlarmingEPICS',
    );
    await run('set-active-ack-epics --ack MAJOR_ACK A1');
    await seenByOther(
      'active-alarms',
      'A1',
      { msg: { 'org.jlab.kafka.alarms.AckEPICS': { ack: 'MAJOR_ACK' } } },
      'AckEPICS',
    );
    const { stdout } = await run('list-active --nometa');
    expect(stdout).toContain(
      "{'name': 'A1', 'type': 'AckEPICS'} = {'msg': {'ack': 'MAJOR_ACK'}}\n",
    );
    expect(stdout.match(/'A1', 'type': 'Alarming'\}/g)).toHaveLength(1);
  });

  ownBrokerTest('write names of any script, and one JSON object a line', async () => {
    const { run } = site();
    for (const name of ['a/b', 'Ψ μ|x', '温度', "it's", '🔥', 'two words']) {
      expect(await run(['set-active-alarming-epics', '--sevr', 'MINOR', name])).toMatchObject({
        code: 0,
      });
      await seenByOther('active-alarms', name, { msg: { [EPICS]: { sevr: 'MINOR' } } });
    }
    const lines = (await run('list-active --json')).stdout.trimEnd().split('\n');
    const records = lines.map((line) => JSON.parse(line));
    expect(records.find(({ key }) => key.name === '🔥')).toMatchObject({
      ...AUDIT,
      topic: 'active-alarms',
      partition: 0,
      key: { name: '🔥', type: 'AlarmingEPICS' },
      value: { msg: { sevr: 'MINOR', stat: 'NO_ALARM' } },
    });
    expect((await run('list-active --nometa')).stdout).toContain(`{'name': "it's", 'type': `);
  });

  ownBrokerTest('shelve until a moment, and take it back', async () => {
    const { run } = site();
    const end = Date.now() + 3_600_000;
    expect(
      await run(['set-shelved', '--expiration', String(end), '--reason', 'being serviced', 'S1']),
    ).toMatchObject({ code: 0 });
    await seenByOther('shelved-alarms', 'S1', { expiration: end, reason: 'being serviced' });
    expect((await run('list-shelved --nometa')).stdout).toBe(
      `S1 {'expiration': ${end}, 'reason': 'being serviced'}\n`,
    );
    await run('set-shelved --unset S1');
    await seenByOther('shelved-alarms', 'S1', null);
    const endless = await run('set-shelved --reason x S1');
    expect(endless.code).toBe(2);
    expect(endless.stderr).toContain('A shelf without an end cannot be written');
  });

  ownBrokerTest('follow a topic: what stands, then each record, tombstones too', async () => {
    const { run, follow } = site();
    const end = String(Date.now() + 600_000);
    await run(['set-shelved', '--expiration', end, '--reason', 'first', 'F1']);
    const following = follow('list-shelved --monitor --nometa');
    await following.said('first');
    await run(['set-shelved', '--expiration', end, '--reason', 'second', 'F1']);
    await following.said('second');
    await run('set-shelved --unset F1');
    await following.said('F1 None');
    expect(await following.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  ownBrokerTest('list what was written within a span of time', async () => {
    const { run } = site();
    await run('set-active-alarming --alarming T1');
    expect((await run('list-active --since 1h')).stdout).toContain("'T1'");
    expect((await run('list-active --until 1h')).stdout).toBe('');
    expect((await run('list-active --since 2100-01-01T00:00:00Z')).stdout).toBe('');
  });

  ownBrokerTest('dump and list the schemas', async () => {
    const { run } = site();
    const listed = await run('list-schemas');
    expect(listed.stdout).toMatch(/active-alarms-value +1:\d+/);
    const { code, stdout } = await run('dump-schemas --dir node_modules/.cache/klaxon-test-dump');
    expect(code).toBe(0);
    expect(stdout).toContain('registered-alarms-value.avsc');
  });

  ownBrokerTest('show records of other programs that cannot be decoded', async () => {
    const { run, other } = site();
    await other.sendDamaged('X1', Buffer.from([0, 0, 0, 0, 99, 1]));
    const { stdout, code } = await run('list-active --nometa');
    expect(code).toBe(0);
    expect(stdout).toContain("{'name': 'X1', 'type': 'AlarmingEPICS'} = undecodable: ");
    const json = (await run('list-active --json')).stdout
      .split('\n')
      .find((line) => line.includes('"X1"'));
    expect(JSON.parse(json ?? '')).toMatchObject({ value: null, undecodable: expect.any(String) });
  });
});
