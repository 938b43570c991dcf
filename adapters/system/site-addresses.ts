/** Where seed 0's programs look when nothing else is said. */
export const DEFAULT_BOOTSTRAP_SERVERS = 'localhost:9092';
export const DEFAULT_REGISTRY_ADDRESS = 'http://localhost:8081';
