import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IMPORT_TABLE, violationOf } from '../support/sources/import-table.ts';
import { importsOf } from '../support/sources/imports-of.ts';
import { projectRoot, typeScriptOf } from '../support/sources/source-files.ts';

const folders = Object.keys(IMPORT_TABLE).filter((name) => existsSync(join(projectRoot, name)));

describe('the import table', () => {
  it.each(folders)('holds in %s', (folder) => {
    const violations = typeScriptOf([folder]).flatMap(importsOf).map(violationOf);
    expect(violations.filter((violation) => violation !== undefined)).toEqual([]);
  });

  it.each([
    ['core/alarm/evolve.ts', "import { z } from 'zod';"],
    ['core/alarm/evolve.ts', "import { readFileSync } from 'node:fs';"],
    ['core/alarm/evolve.ts', "export { TOPICS } from '../../schemas/topics.ts';"],
    ['renderer/app/app.tsx', "import { requestSchemas } from '../../ipc/contract.ts';"],
    ['renderer/app/app.tsx', "const { ipcRenderer } = await import('electron');"],
    ['renderer/features/shelf/shelf.tsx', "import { Row } from '../alarms/row.tsx';"],
    ['preload/index.ts', "import { requestSchemas } from '../ipc/contract.ts';"],
    ['adapters/embedded/log.ts', "import { Kafka } from 'kafkajs';"],
    ['services/keeper/app.ts', "import { app } from 'electron';"],
    ['schemas/topics.ts', "import { decide } from '../core/shelving/decide.ts';"],
  ])('refuses in %s: %s', (path, text) => {
    expect(importsOf({ path, text }).map(violationOf)).toEqual([expect.stringContaining(path)]);
  });

  it.each([
    ['renderer/app/app.tsx', "import type { SessionView } from '../../ipc/contract.ts';"],
    ['renderer/app/app.tsx', "import { type SessionView } from '../../ipc/contract.ts';"],
    ['preload/index.ts', "import { REQUESTS } from '../ipc/channels.ts';"],
    ['adapters/kafka/reader.ts', "import { Kafka } from 'kafkajs';"],
    ['main/index.ts', "import { app } from 'electron';"],
  ])('lets pass in %s: %s', (path, text) => {
    expect(importsOf({ path, text }).map(violationOf)).toEqual([undefined]);
  });
});
