import { describe, expect } from 'vitest';
import { createRegistrySchemaStore } from '../../../../adapters/schema-registry/registry-schema-store.ts';
import { checkCompatibility } from '../../../../adapters/schema-registry/schema-compatibility.ts';
import { compareSubjects } from '../../../../adapters/schema-registry/schema-difference.ts';
import { dumpSubjects, listSubjects } from '../../../../adapters/schema-registry/subject-dump.ts';
import { durationMs } from '../../../../core/lib/units.ts';
import { OWN_SCHEMAS } from '../../../../schemas/avro/subjects.ts';
import { answered } from '../../../support/answered.ts';
import { randomName } from '../../../support/random-name.ts';
import { brokerTest, type SharedBroker } from '../../../support/shared-broker.ts';

const FIRST = '{"type":"record","name":"A","fields":[{"name":"a","type":"int"}]}';
const WIDER =
  '{"type":"record","name":"A","fields":[{"name":"a","type":"int"},{"name":"b","type":"int","default":0}]}';
const BREAKING = '{"type":"record","name":"A","fields":[{"name":"c","type":"string"}]}';

function addressOf({ registryUrl }: SharedBroker) {
  return { url: registryUrl, timeoutMs: durationMs(5_000) };
}

/** Has the registry hold a subject to a rule, as a site would. */
async function setCompatibility(broker: SharedBroker, subject: string): Promise<void> {
  const response = await fetch(`${broker.registryUrl}/config/${encodeURIComponent(subject)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ compatibility: 'BACKWARD' }),
  });
  expect(response.ok).toBe(true);
}

describe('the subjects of a registry', () => {
  brokerTest('are listed and dumped, whatever their names', async ({ broker }) => {
    const schemas = createRegistrySchemaStore({ url: broker.registryUrl });
    const plain = randomName('plain-value');
    const odd = randomName('../odd name/µ');
    for (const subject of [plain, odd]) answered(await schemas.register(subject, FIRST));
    answered(await schemas.register(plain, WIDER));
    const listed = answered(await listSubjects(addressOf(broker)));
    expect(listed).toEqual(expect.arrayContaining([plain, odd]));
    const files = answered(await dumpSubjects(addressOf(broker), [plain, odd]));
    expect(files).toMatchObject([
      { subject: plain, fileName: `${plain}.avsc`, version: 2 },
      { subject: odd, version: 1 },
    ]);
    expect(JSON.parse(files[0]?.schema ?? '')).toEqual(JSON.parse(WIDER));
    expect(files[1]?.fileName).toMatch(/^%2E%2E%2Fodd%20name%2F%C2%B5-[0-9a-f]+\.avsc$/);
  });

  brokerTest('that are not there are named', async ({ broker }) => {
    const subject = randomName('nowhere');
    const dumped = await dumpSubjects(addressOf(broker), [subject]);
    expect(dumped).toMatchObject({ ok: false, error: { code: 'NotFound' } });
    expect(JSON.stringify(dumped)).toContain(subject);
  });

  brokerTest('tell whether a schema would fit', async ({ broker }) => {
    const schemas = createRegistrySchemaStore({ url: broker.registryUrl });
    const subject = randomName('fitting-value');
    const fits = async (schema: string) =>
      answered(await checkCompatibility(addressOf(broker), subject, schema)).isCompatible;
    expect(await fits(FIRST)).toBe(true);
    answered(await schemas.register(subject, FIRST));
    await setCompatibility(broker, subject);
    expect(await fits(WIDER)).toBe(true);
    expect(await fits(BREAKING)).toBe(false);
    expect(answered(await schemas.versionsOf(subject))).toHaveLength(1);
  });

  brokerTest('are compared with ours', async ({ broker }) => {
    const schemas = createRegistrySchemaStore({ url: broker.registryUrl });
    const own = OWN_SCHEMAS.map(({ schema }) => ({ subject: randomName('own'), schema }));
    const differencesNow = async () =>
      answered(await compareSubjects(schemas, own)).map(({ difference }) => difference);
    expect(new Set(await differencesNow())).toEqual(new Set(['missing']));
    for (const { subject, schema } of own) answered(await schemas.register(subject, schema));
    expect(new Set(await differencesNow())).toEqual(new Set(['same']));
    const [changed] = own;
    answered(await schemas.register(changed?.subject ?? '', WIDER));
    expect((await differencesNow()).slice(0, 2)).toEqual(['older', 'same']);
  });
});
