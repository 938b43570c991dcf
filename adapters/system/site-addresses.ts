/** Where seed 0's programs look when nothing else is said. */
export const DEFAULT_BOOTSTRAP_SERVERS = 'localhost:9092';
export const DEFAULT_REGISTRY_ADDRESS = 'http://localhost:8081';

/** Whether it can be the address of a schema registry. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^/]/i.test(text) && URL.canParse(text);
}

/** The end of a sentence about what is none. */
export const NO_WEB_ADDRESS = 'is not an address that begins with http:// or https://';
export const NO_BROKERS = 'is not host:port, or several of them separated by commas';
