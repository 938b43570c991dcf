import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { precedenceDocument } from '../../scripts/precedence-document.ts';
import { projectRoot } from '../support/sources/source-files.ts';

it('docs/precedence.md says what the table says (npm run docs writes it anew)', () => {
  expect(readFileSync(join(projectRoot, 'docs', 'precedence.md'), 'utf8')).toBe(
    precedenceDocument(),
  );
});
