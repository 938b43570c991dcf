import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everyCommand } from '../../cli/command/registry.ts';
import { cliDocument } from '../../cli/documents/cli-document.ts';
import { projectRoot } from '../support/sources/source-files.ts';

describe('docs/cli.md', () => {
  it('says what the commands say (npm run docs writes it anew)', async () => {
    const written = readFileSync(join(projectRoot, 'docs', 'cli.md'), 'utf8');
    expect(written).toBe(cliDocument(await everyCommand()));
  });
});
