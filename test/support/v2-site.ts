import { createRegistrySchemaStore } from '../../adapters/schema-registry/registry-schema-store.ts';
import { SEED_0_V2 } from '../../schemas/avro/seed-0-v2.ts';

/** Registers seed 0's last generation, as a site has it whose programs wrote it; our own commands never do. */
export async function registerSeed0V2(registryUrl: string): Promise<void> {
  const schemas = createRegistrySchemaStore({ url: registryUrl });
  for (const [subject, schema] of Object.entries(SEED_0_V2)) {
    const registered = await schemas.register(subject, JSON.stringify(schema));
    if (!registered.ok) throw new Error(registered.error.message);
  }
}
