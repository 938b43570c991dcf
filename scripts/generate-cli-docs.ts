// `npm run docs`: writes docs/cli.md anew from the table of commands, and the settings in docs/operations.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyCommand } from '../cli/command/registry.ts';
import { cliDocument } from '../cli/documents/cli-document.ts';
import { withSettings } from '../cli/documents/settings-table.ts';
import { projectRoot } from './electron-runtime.mjs';

writeFileSync(join(projectRoot, 'docs', 'cli.md'), cliDocument(await everyCommand()));

const operations = join(projectRoot, 'docs', 'operations.md');
writeFileSync(operations, withSettings(readFileSync(operations, 'utf8')));
