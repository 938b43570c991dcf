// `npm run docs`: writes docs/cli.md anew from the table of commands.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyCommand } from '../cli/command/registry.ts';
import { cliDocument } from '../cli/documents/cli-document.ts';
import { projectRoot } from './electron-runtime.mjs';

writeFileSync(join(projectRoot, 'docs', 'cli.md'), cliDocument(await everyCommand()));
