// `npm run docs`: writes docs/ipc.md anew from the contract.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './electron-runtime.mjs';
import { ipcDocument } from './ipc-document.ts';

writeFileSync(join(projectRoot, 'docs', 'ipc.md'), ipcDocument());
