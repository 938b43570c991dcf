import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { withSettings } from '../../cli/documents/settings-table.ts';
import { SITE_OPTIONS } from '../../cli/options/site-options.ts';
import { ALARM_TOPICS } from '../../schemas/topics.ts';
import { readSettings } from '../../services/host/read-settings.ts';
import { SERVICES } from '../../services/host/services.ts';
import { isSettingName, PROFILE_OPTION } from '../../services/host/setting-table.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const WORDS = z.array(z.string());
const CONDITION = z.enum(['service_started', 'service_healthy', 'service_completed_successfully']);
/** The part of the Compose Specification that we use, and nothing beside it. */
const SERVICE = z.strictObject({
  image: z.string().regex(/^[a-z0-9/-]+:[\w.-]+$/, 'needs a version'),
  build: z.literal('.').optional(),
  command: WORDS.optional(),
  entrypoint: WORDS.optional(),
  ports: z.array(z.string().regex(/^127\.0\.0\.1:\d+:\d+$/)).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  volumes: z.array(z.string().regex(/^[a-z]+:\/[\w/]+$/)).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: CONDITION })).optional(),
  healthcheck: z
    .strictObject({
      test: z.union([z.string(), WORDS]),
      interval: z.string().regex(/^\d+s$/),
      timeout: z.string().regex(/^\d+s$/),
      retries: z.int().positive(),
    })
    .optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.tuple([z.literal('ALL')]).optional(),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]).optional(),
  restart: z.literal('unless-stopped').optional(),
  stop_grace_period: z
    .string()
    .regex(/^\d+s$/)
    .optional(),
  mem_limit: z
    .string()
    .regex(/^\d+m$/)
    .optional(),
});
const COMPOSE = z.strictObject({
  'x-klaxon': z.unknown(),
  'x-service': z.unknown(),
  services: z.record(z.string().regex(/^[a-z]+$/), SERVICE),
  volumes: z.record(z.string(), z.strictObject({})),
});

const compose = COMPOSE.parse(parse(textOf('docker-compose.yml'), { merge: true }));
const ours = Object.entries(compose.services).filter(([, { build }]) => build !== undefined);

/** The `klaxon` commands of a compose service: the words after the name of the program. */
function commandOf({ entrypoint, command = [] }: z.infer<typeof SERVICE>): readonly string[] {
  if (entrypoint === undefined) return command;
  return /\bklaxon ([\w -]+);/.exec(command.join(' '))?.[1]?.split(' ') ?? [];
}

/** The commands of the command line, where it is there. */
function knownCommands(): readonly string[] {
  const folder = join(ROOT, 'cli', 'commands');
  const files = existsSync(folder) ? readdirSync(folder) : ONCE_THERE;
  return files.map((file) => file.replace(/\.ts$/, ''));
}
const ONCE_THERE = ['create-topics', 'create-schemas', 'set-registered'];

describe('docker-compose.yml', () => {
  it('brings up broker, registry, topics, schemas, definitions and every service', () => {
    expect(Object.keys(compose.services).sort()).toEqual(
      ['definitions', 'kafka', 'registry', 'schemas', 'topics', ...Object.keys(SERVICES)].sort(),
    );
  });

  it.each(ours)(
    '%s runs unprivileged, without a writable root, by a command that exists',
    (name, service) => {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
      const [command = '', ...words] = commandOf(service);
      if (command !== 'serve') {
        expect(knownCommands()).toContain(command);
        return;
      }
      expect(words[0]).toBe(name);
      expect(Object.keys(SERVICES)).toContain(name);
      const env = Object.fromEntries(
        Object.entries(service.environment ?? {}).map(([key, value]) => [key, String(value)]),
      );
      const settings = readSettings({ argv: words.slice(1), env, readFile: () => '' });
      expect(settings).toMatchObject({
        ok: true,
        value: { 'bootstrap-servers': 'kafka:29092', 'http-address': '0.0.0.0:9400' },
      });
    },
  );

  it('waits for services that there are, and keeps data in volumes that there are', () => {
    for (const { depends_on: needed = {}, volumes = [] } of Object.values(compose.services)) {
      for (const name of Object.keys(needed)) expect(compose.services).toHaveProperty([name]);
      for (const volume of volumes) {
        expect(compose.volumes).toHaveProperty([volume.split(':')[0] ?? '']);
      }
    }
  });
});

describe('Dockerfile', () => {
  it('ends unprivileged, with the packed command line alone', () => {
    const last =
      textOf('Dockerfile')
        .split(/^FROM /m)
        .at(-1) ?? '';
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^ENTRYPOINT \["klaxon"\]$/m);
    expect(last).toContain('klaxon-*.tgz');
  });
});

describe.each(Object.keys(SERVICES))('the unit file of %s', (name) => {
  const unit = textOf(`deploy/systemd/klaxon-${name}.service`);

  it('runs the service, hardened, and starts it anew where that can help', () => {
    expect(unit).toContain(`ExecStart=/usr/bin/env klaxon serve ${name}\n`);
    for (const line of ['NoNewPrivileges=yes', 'ProtectSystem=strict', 'DynamicUser=yes']) {
      expect(unit).toContain(`${line}\n`);
    }
    expect(unit).toContain('RestartPreventExitStatus=64 78\n');
    expect(unit).not.toContain('MemoryDenyWriteExecute=yes');
  });
});

describe('docs/operations.md', () => {
  const operations = textOf('docs/operations.md');

  it('has the settings that services read (npm run docs writes them anew)', () => {
    expect(operations).toBe(withSettings(operations));
  });

  it('calls each of them as the command line does', () => {
    const options = SITE_OPTIONS.filter(({ name }) => !['embedded', 'timeout'].includes(name));
    const others = options.filter(({ name }) => !isSettingName(name));
    expect(others.map(({ name }) => name)).toEqual([PROFILE_OPTION]);
    for (const { name, env } of options) {
      expect(operations).toContain(`| \`--${name}`);
      expect(operations).toContain(`| \`${env}\` |`);
    }
  });

  it('names each service with its health address', () => {
    for (const { name, httpAddress } of Object.values(SERVICES)) {
      expect(operations).toContain(`\`${httpAddress}\` ${name}`);
    }
    expect(ALARM_TOPICS.filter((topic) => operations.includes(topic))).toEqual(
      ALARM_TOPICS.filter((topic) => topic !== 'active-alarms'),
    );
  });
});
