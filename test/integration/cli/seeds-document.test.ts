import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { type CliSite, startCliSite } from '../../support/cli-site.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';
import { projectRoot } from '../../support/sources/source-files.ts';
import { registerSeed0V2 } from '../../support/v2-site.ts';

const document = readFileSync(join(projectRoot, 'docs', 'seeds.md'), 'utf8');

/** The commands of a section, in the order of the page, without `klaxon`. */
function commandsOf(section: string): readonly string[] {
  const text = document.split('\n## ').find((part) => part.startsWith(section)) ?? '';
  return [...text.matchAll(/^\|.*\| `klaxon (.+)` \|$/gm)].map(([, line = '']) =>
    line.replaceAll('\\|', '|'),
  );
}

/** Runs each as it stands there; those that go on are ended once they have printed what stands. */
async function runAll({ run, follow }: CliSite, section: string): Promise<void> {
  const lines = commandsOf(section);
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) {
    if (line.endsWith('--monitor') || line === 'client') {
      const following = follow(line);
      await following.said(line === 'client' ? 'Continuing to monitor:' : '\n');
      expect(await following.stop(), line).toMatchObject({ code: 0 });
    } else {
      expect(await run(line), line).toMatchObject({ code: 0 });
    }
  }
}

describe('docs/seeds.md on a site of seed 0 v1 and seed 1', () => {
  const site = startCliSite(async ({ run }) => {
    expect(await run('create-topics')).toMatchObject({ code: 0 });
    expect(await run('create-schemas')).toMatchObject({ code: 0 });
    expect(await run('set-active-alarming --alarming standing')).toMatchObject({ code: 0 });
  });

  ownBrokerTest('holds for seed 0, generation v1', async () => {
    await runAll(site(), 'Seed 0, generation v1');
    const { stdout } = await site().run('list-registered --nometa');
    expect(stdout).toContain("channel1 {'producer': {'pv': 'channel1'}, 'location': 'INJ'");
  });

  ownBrokerTest('holds for seed 1, and writes what its programs read', async () => {
    await runAll(site(), 'Seed 1');
    const { run, other } = site();
    await other.connect();
    await other.startReading();
    await run('set-active --priority P4_DIAGNOSTIC channel9');
    const shelf = { user: 'me', duration: { 'org.jlab.DisabledAlarm': { reason: 'broken' } } };
    await expect
      .poll(() => other.seen('shelved-alarms', 'channel2').at(-1), { timeout: 20_000 })
      .toMatchObject({ value: shelf });
    expect((await run('list-active --nometa')).stdout).toContain(
      "channel9 {'priority': 'P4_DIAGNOSTIC'}\n",
    );
    expect((await run('list-shelved --nometa')).stdout).toContain(
      "channel2 {'user': 'me', 'duration': {'reason': 'broken'}}\n",
    );
  });

  ownBrokerTest(
    'seed 1’s schemas, though newer, do not keep seed 0’s from being written',
    async () => {
      const { run } = site();
      expect(await run('set-active-alarming --alarming beside')).toMatchObject({ code: 0 });
      expect((await run('list-active --nometa')).stdout).toContain(
        "{'name': 'beside', 'type': 'Alarming'} = {'msg': {'alarming': True}}\n",
      );
    },
  );
});

describe('docs/seeds.md on a site of seed 0 v2', () => {
  const site = startCliSite(async ({ run, registry }) => {
    await registerSeed0V2(registry.url);
    expect(await run('create-topics')).toMatchObject({ code: 0 });
  });

  ownBrokerTest('holds, and writes what that generation says', async () => {
    await runAll(site(), 'Seed 0, generation v2');
    const { run } = site();
    await run('set-active-alarming there');
    await run('set-active-ack there');
    expect((await run('list-active --nometa')).stdout).toBe(
      "{'name': 'there', 'type': 'Alarming'} = {'msg': {}}\n{'name': 'there', 'type': 'Ack'} = {'msg': {}}\n",
    );
    expect((await run('list-active --all --nometa')).stdout).toContain(
      "{'name': 'channel1', 'type': 'AlarmingEPICS'} = None\n",
    );
    expect((await run('list-shelved --nometa')).stdout).toBe(
      "channel2 {'expiration': None, 'reason': 'being serviced'}\n",
    );
    expect((await run('list-registered --nometa')).stdout).toContain("'maxshelvedduration': 60");
  });
});
