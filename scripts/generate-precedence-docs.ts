// `npm run docs`: writes docs/precedence.md anew from the one table of precedence.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './electron-runtime.mjs';
import { precedenceDocument } from './precedence-document.ts';

writeFileSync(join(projectRoot, 'docs', 'precedence.md'), precedenceDocument());
