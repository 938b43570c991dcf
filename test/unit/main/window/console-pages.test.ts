import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConsolePage } from '../../../../main/window/console-pages.ts';

let folder = '';

beforeAll(async () => {
  const top = await mkdtemp(join(tmpdir(), 'klaxon-pages-'));
  folder = join(top, 'renderer');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<title>Klaxon</title>');
  await writeFile(join(folder, 'assets', 'index.js'), 'export {}');
  await writeFile(join(folder, 'notes.txt'), 'not a page');
  await writeFile(join(top, 'secret.html'), 'outside');
});

afterAll(async () => {
  await rm(join(folder, '..'), { recursive: true });
});

describe('readConsolePage', () => {
  it('reads the first page and what it loads, each with its type', async () => {
    const page = await readConsolePage(folder, 'klaxon://console/');
    const script = await readConsolePage(folder, 'klaxon://console/assets/index.js');
    expect(page?.mediaType).toBe('text/html; charset=utf-8');
    expect(Buffer.from(page?.body ?? []).toString()).toBe('<title>Klaxon</title>');
    expect(script?.mediaType).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    ['outside of the folder', 'klaxon://console/..%2fsecret.html'],
    ['outside, by another way', 'klaxon://console/assets/..%2f..%2f..%2fsecret.html'],
    ['that does not exist', 'klaxon://console/missing.html'],
    ['of an unknown kind', 'klaxon://console/notes.txt'],
    ['that is a folder', 'klaxon://console/assets'],
    ['of another host', 'klaxon://elsewhere/index.html'],
    ['that no text can be made of', 'klaxon://console/%E0%A4%A'],
    ['with a zero byte', 'klaxon://console/index.html%00.html'],
  ])('finds no page %s', async (_, address) => {
    expect(await readConsolePage(folder, address)).toBeNull();
  });
});
