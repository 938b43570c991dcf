import { describe, expect } from 'vitest';
import { brokerTest, sharedBroker } from '../../support/shared-broker.ts';
import { createTemporaryTopics, withAdmin } from '../../support/temporary-topics.ts';

describe('the shared broker of the integration tests', () => {
  brokerTest('is one pair for the whole run', async ({ broker }) => {
    expect(await sharedBroker()).toEqual(broker);
  });

  brokerTest('makes topics with random names and removes them', async ({ broker }) => {
    const topics = await createTemporaryTopics(broker.bootstrap, ['active-alarms']);
    const listed = () => withAdmin(broker.bootstrap, (admin) => admin.listTopics());
    expect(await listed()).toContain(topics.nameOf('active-alarms'));
    await topics.remove();
    expect(await listed()).not.toContain(topics.nameOf('active-alarms'));
  });

  brokerTest('has a registry that answers', async ({ broker }) => {
    const response = await fetch(`${broker.registryUrl}/subjects`);
    expect(await response.json()).toEqual(expect.any(Array));
  });
});
