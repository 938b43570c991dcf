import { createEmbeddedSchemaStore } from '../../adapters/embedded/embedded-schema-store.ts';
import { createRegistrySchemaStore } from '../../adapters/schema-registry/registry-schema-store.ts';
import { sharedBrokerOrSkip } from '../support/shared-broker.ts';
import { describeSchemaStore } from './schema-store.ts';

describeSchemaStore('embedded', async () => createEmbeddedSchemaStore());

describeSchemaStore('registry', async (skip) => {
  const { registryUrl } = await sharedBrokerOrSkip(skip);
  return createRegistrySchemaStore({ url: registryUrl });
});
