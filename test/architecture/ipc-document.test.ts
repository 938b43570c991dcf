import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ipcDocument } from '../../scripts/ipc-document.ts';
import { projectRoot } from '../support/sources/source-files.ts';

describe('docs/ipc.md', () => {
  it('says what the contract says (npm run docs writes it anew)', () => {
    expect(readFileSync(join(projectRoot, 'docs', 'ipc.md'), 'utf8')).toBe(ipcDocument());
  });

  it('names the fields, bounds and words of a request', () => {
    const shelving = ipcDocument().split('### `shelf:shelveAlarms`')[1]?.split('###')[0];
    expect(shelving).toContain('| names[] | list of string, from 1, to 10000 |');
    expect(shelving).toContain('| untilAt | number or null |');
    expect(shelving).toContain('| [].state | `pending` |');
  });
});
