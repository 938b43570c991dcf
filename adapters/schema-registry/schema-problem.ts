import type { SchemaProblem } from '../../core/ports/schema-store.ts';

const CHECK_ADDRESS =
  'Check SCHEMA_REGISTRY; the address of Apicurio Registry ends with /apis/ccompat/v7.';
const RETRIES = 'Klaxon tries again by itself.';

/** The registry could not be asked: from the error that the exchange threw. */
export function problemOfExchange(url: string, error: unknown, limitMs: number): SchemaProblem {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return {
      code: 'TimedOut',
      message: `The schema registry at ${url} did not answer within ${limitMs} ms.`,
      remedy: `Check that the registry runs and is not overloaded. ${RETRIES}`,
      isRetriable: true,
    };
  }
  // Node's parser of HTTP has its own words for what it does not understand. An answer that broke off is none of it.
  const code = codeOf(error);
  if (code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE') {
    return notARegistry(url, 'what is not HTTP');
  }
  return {
    code: 'Unreachable',
    message: `The schema registry at ${url} cannot be reached: ${reasonOf(error)}.`,
    remedy: `Start the registry, or correct SCHEMA_REGISTRY. ${RETRIES}`,
    isRetriable: true,
  };
}

/** The address is not one at all. */
export function notAnAddress(url: string): SchemaProblem {
  return {
    code: 'NotARegistry',
    message: `The address of the schema registry, “${url}”, is not a web address.`,
    remedy: 'Set SCHEMA_REGISTRY to the address of a registry, for example http://registry:8081.',
    isRetriable: false,
  };
}

/** Something answers, but not as a registry does: `what` says how it answered. */
export function notARegistry(url: string, what: string): SchemaProblem {
  return {
    code: 'NotARegistry',
    message: `No schema registry answers at ${url}, but something that sent ${what}.`,
    remedy: CHECK_ADDRESS,
    isRetriable: false,
  };
}

/** An answer of a registry that is not what was hoped for; `detail` is its own message. */
export function problemOfStatus(url: string, status: number, detail: string): SchemaProblem {
  if (status === 404) {
    return {
      code: 'NotFound',
      message: `The schema registry at ${url} does not have it: ${whole(detail)}`,
      remedy: 'Check that this is the registry that the writers use.',
      isRetriable: false,
    };
  }
  if (status >= 500 || status === 429 || status === 408) {
    return {
      code: 'Unexpected',
      message: `The schema registry at ${url} failed with status ${status}: ${whole(detail)}`,
      remedy: `Look into the log of the registry. ${RETRIES}`,
      isRetriable: true,
    };
  }
  return {
    code: 'Refused',
    message: `The schema registry at ${url} refused with status ${status}: ${whole(detail)}`,
    remedy: remedyOfRefusal(status),
    isRetriable: false,
  };
}

function remedyOfRefusal(status: number): string {
  if (status === 401 || status === 403) return 'Check the user and the rights at the registry.';
  if (status === 409) return 'Compare the schema with the registered ones; it must fit to them.';
  return 'Check the schema, and whether the registry allows changes.';
}

function reasonOf(cause: unknown): string {
  const code = codeOf(cause);
  if (code === 'ECONNREFUSED') return 'the connection was refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its host name is not known';
  if (code === 'ETIMEDOUT') return 'the connection was not answered';
  const message = cause instanceof Error ? cause.message : String(cause);
  return message === '' ? code : message;
}

function codeOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return '';
  return typeof cause.code === 'string' ? cause.code : '';
}

/** A registry ends its messages with a full stop, or does not. */
function whole(detail: string): string {
  return `${detail.replace(/\.+$/, '')}.`;
}
