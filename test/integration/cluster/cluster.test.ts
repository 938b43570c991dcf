import { afterEach, describe } from 'vitest';
import { startCluster } from '../../support/kafka-brokers.ts';
import { startServiceSiteOn } from '../../support/service-site.ts';
import { describeAdministration } from './administration-stories.ts';
import { describeAppending } from './appending-stories.ts';
import { describeReading } from './reading-stories.ts';
import { describeServices } from './service-stories.ts';

const WITH_RIGHTS = {
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS',
};

/** One Kafka of three brokers for all of it: its start is the longest part. */
const site = startServiceSiteOn(() => startCluster(WITH_RIGHTS), ['shelf', 'keeper']);

afterEach(() => site().broker.heal());

/** Brokers are started again in the tests, which takes its time on a busy computer. */
const WITHIN_MS = 120_000;

describe('on a Kafka of several brokers', { timeout: WITHIN_MS }, () => {
  describeReading(site);
  describeAppending(site);
  describeServices(site);
  describeAdministration(site);
});
