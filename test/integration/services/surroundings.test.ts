import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleCli } from '../../../scripts/build/bundle-cli.mjs';
import { freePort } from '../../support/free-port.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

/** An account that the system does not know, as in a container. */
const NOBODY_KNOWN = 54_321;
/** The root read-only, for this process and what it starts. */
const READ_ONLY = 'mount --make-rprivate / && mount -o remount,bind,ro / && exec "$0" "$@"';

let folder: TemporaryFolder;
let klaxon: string;

beforeAll(async () => {
  folder = await createTemporaryFolder('packed');
  klaxon = await bundleCli(folder.path);
  // For the account that owns nothing.
  await chmod(dirname(folder.path), 0o755);
});

afterAll(() => folder.remove());

interface Started {
  readonly child: ChildProcess;
  readonly address: string;
  readonly ended: Promise<{ code: number | null; output: string; errors: string }>;
}

/** `klaxon serve NAME` on a broker that is not there, as packed; with the words before it, under which it runs. */
async function serve(
  env: Readonly<Record<string, string>>,
  before: readonly string[] = [],
  more: { readonly uid?: number } = {},
): Promise<Started> {
  const address = `127.0.0.1:${await freePort()}`;
  const words = [...before, process.execPath, klaxon, 'serve', 'keeper'];
  const child = spawn(words[0] ?? '', words.slice(1), {
    env: {
      PATH: process.env['PATH'],
      BOOTSTRAP_SERVERS: '127.0.0.1:1',
      SCHEMA_REGISTRY: 'http://127.0.0.1:1',
      KLAXON_HTTP_ADDRESS: address,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...more,
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<Awaited<Started['ended']>>((resolve) => {
    child.once('close', (code) => resolve({ code, output, errors }));
  });
  return { child, address, ended };
}

/** The page, once it says so; null where the service has ended before. */
async function pageOf(
  { child, address }: Started,
  path: string,
  isEnough: (text: string) => boolean,
) {
  while (child.exitCode === null && child.signalCode === null) {
    const text = await fetch(`http://${address}${path}`).then(
      (response) => response.text(),
      () => '',
    );
    if (isEnough(text)) return text;
  }
  return null;
}

async function stopped(service: Started) {
  service.child.kill('SIGTERM');
  return service.ended;
}

const isUp = (text: string): boolean => text.includes('"service":"keeper"');

describe('a service', () => {
  it('works on where nobody reads its output any more, and says so', async () => {
    const service = await serve({ HOME: folder.path });
    service.child.stdout?.destroy();
    const lost = await pageOf(service, '/metrics', (text) =>
      /klaxon_log_lines_lost_total [1-9]/.test(text),
    );
    expect(lost).not.toBeNull();
    expect(await pageOf(service, '/health', isUp)).toContain('Nobody takes the lines of the log.');
    expect(await stopped(service)).toMatchObject({ code: 0, errors: '' });
  });

  it('says in one sentence that its address is taken, and what to do, beside the line of its log', async () => {
    const first = await serve({ HOME: folder.path });
    expect(await pageOf(first, '/health', isUp)).not.toBeNull();
    const second = await serve({ HOME: folder.path, KLAXON_HTTP_ADDRESS: first.address });
    const { code, output, errors } = await second.ended;
    expect(code).toBe(69);
    expect(errors).toBe(
      `The address ${first.address} for /health cannot be had: another program answers there, perhaps this service a second time. Give another with --http-address or KLAXON_HTTP_ADDRESS, or "off".\n`,
    );
    expect(output).toContain('"event":"noHealthAddress"');
    expect(await stopped(first)).toMatchObject({ code: 0, errors: '' });
  });

  it('starts without a word where no compiled code can be kept', async () => {
    const file = join(folder.path, 'file');
    await writeFile(file, 'no folder');
    const service = await serve({ HOME: join(file, 'home') });
    expect(await pageOf(service, '/health', isUp)).not.toBeNull();
    expect(await stopped(service)).toMatchObject({ code: 0, errors: '' });
  });

  it('starts under an account that has neither a name nor a home', async () => {
    const isRoot = process.getuid?.() === 0;
    const service = await serve({}, [], isRoot ? { uid: NOBODY_KNOWN } : {});
    expect(await pageOf(service, '/health', isUp)).not.toBeNull();
    expect(await stopped(service)).toMatchObject({ code: 0, errors: '' });
  });

  it('starts on a root that is read-only', async ({ skip }) => {
    const shell = ['unshare', '--mount', 'sh', '-c', READ_ONLY];
    try {
      execFileSync('unshare', [...shell.slice(1), 'true'], { stdio: 'pipe' });
    } catch (cause) {
      skip(`nothing can be mounted here: ${String(cause)}`);
    }
    const service = await serve({ HOME: '/root' }, shell);
    expect(await pageOf(service, '/health', isUp)).not.toBeNull();
    expect(await stopped(service)).toMatchObject({ code: 0, errors: '' });
  });
});
