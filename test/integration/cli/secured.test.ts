import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  ResourcePatternTypes,
} from 'kafkajs';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createTestCli } from '../../support/cli-run.ts';
import { wordsOf } from '../../support/command-words.ts';
import { whyNoBroker } from '../../support/java-process.ts';
import { startRegistry, type TestRegistry } from '../../support/schema-registry.ts';
import { type SecureBroker, startSecureBroker } from '../../support/secure-broker.ts';
import { ownBrokerTest } from '../../support/shared-broker.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { withAdmin } from '../../support/temporary-topics.ts';

let site: { readonly broker: SecureBroker; readonly registry: TestRegistry } | undefined;
let folder: TemporaryFolder;
const SECRET = { KLAXON_SASL_PASSWORD: 'astrid-secret' };
const LOG_IN = '--sasl-mechanism plain --sasl-username astrid';

beforeAll(async () => {
  if ((await whyNoBroker()) !== null) return;
  const [broker, registry] = await Promise.all([startSecureBroker(), startRegistry()]);
  site = { broker, registry };
  folder = await createTemporaryFolder('tls');
  await mkdir(folder.path);
  await writeFile(join(folder.path, 'ca.pem'), broker.ca);
  const administrator = await createTestCli({
    BOOTSTRAP_SERVERS: broker.plain,
    SCHEMA_REGISTRY: registry.url,
  });
  expect(await administrator.run(['create-topics'])).toMatchObject({ code: 0 });
  expect(await administrator.run(['create-schemas'])).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await Promise.all([site?.broker.stop(), site?.registry.stop(), folder?.remove()]);
});

/** Runs a command as astrid, who comes over TLS. */
async function run(line: string, env: Readonly<Record<string, string>>) {
  const cli = await createTestCli({
    BOOTSTRAP_SERVERS: site?.broker.secure ?? '',
    SCHEMA_REGISTRY: site?.registry.url ?? '',
    KLAXON_TLS_CA: join(folder.path, 'ca.pem'),
    ...env,
  });
  return cli.run(wordsOf(line));
}

async function allow(operation: AclOperationTypes): Promise<void> {
  const acl = {
    resourceType: AclResourceTypes.TOPIC,
    resourceName: 'active-alarms',
    resourcePatternType: ResourcePatternTypes.LITERAL,
    principal: 'User:astrid',
    host: '*',
    operation,
    permissionType: AclPermissionTypes.ALLOW,
  };
  await withAdmin(site?.broker.plain ?? '', (admin) => admin.createAcls({ acl: [acl] }));
}

describe('the command line on a secured broker', () => {
  ownBrokerTest('says that the password is wrong, or missing', async () => {
    const wrong = await run(`list-active ${LOG_IN}`, { KLAXON_SASL_PASSWORD: 'guess' });
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/log-in|password|authenticat/i);
    const missing = await run(`list-active ${LOG_IN}`, {});
    expect(missing).toMatchObject({ code: 2 });
    expect(missing.stderr).toContain('set KLAXON_SASL_PASSWORD');
  });

  ownBrokerTest(
    'says which right is missing on which topic, and works once it is given',
    async () => {
      const refused = await run(`list-active ${LOG_IN} --timeout 5`, SECRET);
      expect(refused).toMatchObject({ code: 1 });
      expect(refused.stderr).toContain('active-alarms');
      await allow(AclOperationTypes.READ);
      expect(await run(`list-active ${LOG_IN}`, SECRET)).toMatchObject({ code: 0 });
      const mute = await run(`set-active-alarming --alarming X1 ${LOG_IN}`, SECRET);
      expect(mute).toMatchObject({ code: 1, stdout: '' });
      await allow(AclOperationTypes.WRITE);
      expect(await run(`set-active-alarming --alarming X1 ${LOG_IN}`, SECRET)).toMatchObject({
        code: 0,
        stdout: 'Message delivered\n',
      });
      expect((await run(`list-active --nometa ${LOG_IN}`, SECRET)).stdout).toContain("'X1'");
    },
  );
});
