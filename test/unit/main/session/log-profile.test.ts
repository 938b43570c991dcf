import { describe, expect, it } from 'vitest';
import { profileOf } from '../../../../main/session/log-profile.ts';

describe('profileOf', () => {
  it('takes the log inside the console where no broker is named', () => {
    expect(profileOf({ BOOTSTRAP_SERVERS: ' ' }, 'folder')).toMatchObject({ log: 'embedded' });
  });

  it.each([
    [{ BOOTSTRAP_SERVERS: 'kafka:9093' }, 'kafka:9093', 'http://localhost:8081'],
    [{ SCHEMA_REGISTRY: 'http://registry:8081' }, 'localhost:9092', 'http://registry:8081'],
    [{ BOOTSTRAP_SERVERS: 'a:1,b:2', SCHEMA_REGISTRY: 'https://r/' }, 'a:1,b:2', 'https://r/'],
  ])('takes %o with the defaults of seed 0', (env, bootstrapServers, registryAddress) => {
    expect(profileOf(env, 'folder')).toEqual({ log: 'kafka', bootstrapServers, registryAddress });
  });
});
