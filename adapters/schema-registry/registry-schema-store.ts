import * as z from 'zod/mini';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import { type DurationMs, durationMs } from '../../core/lib/units.ts';
import type {
  RegisteredSchema,
  SchemaProblem,
  SchemaStore,
} from '../../core/ports/schema-store.ts';
import { askRegistry, type RegistryAddress } from './registry-client.ts';
import { problemOfStatus } from './schema-problem.ts';

/** How a site's registry is reached. */
export interface RegistryOptions {
  /** Its address, with the path under which its API lies, where it has one. */
  readonly url: string;
  /** How long one question may take; three seconds where absent. */
  readonly timeoutMs?: DurationMs;
  /** Basic authentication, where the registry wants it. */
  readonly user?: string;
  readonly password?: string;
}

const TIMEOUT_MS = durationMs(3_000);
/** Schemas never change under their id; a site has dozens, and this bounds what forged ids can make us keep. */
const KEPT_SCHEMAS = 1_000;

const SCHEMA_ANSWER = z.object({ schema: z.string(), schemaType: z.optional(z.string()) });
const VERSIONS_ANSWER = z.array(z.number());
const VERSION_ANSWER = z.extend(SCHEMA_ANSWER, { id: z.number(), version: z.number() });
const REGISTERED_ANSWER = z.object({ id: z.number() });

/** The schemas of a Confluent-compatible registry. Opens nothing until it is asked, and keeps schemas by their id. */
export function createRegistrySchemaStore(options: RegistryOptions): SchemaStore {
  return new RegistrySchemaStore({ timeoutMs: TIMEOUT_MS, ...options });
}

type Versions = Result<readonly RegisteredSchema[], SchemaProblem>;

class RegistrySchemaStore implements SchemaStore {
  readonly #address: RegistryAddress;
  readonly #known = new Map<number, string>();
  readonly #asked = new Map<number, Promise<Result<string, SchemaProblem>>>();
  readonly #askedVersions = new Map<string, Promise<Versions>>();

  constructor(address: RegistryAddress) {
    this.#address = address;
  }

  async schemaById(id: number): Promise<Result<string, SchemaProblem>> {
    const known = this.#known.get(id);
    if (known !== undefined) return ok(known);
    const asked = this.#asked.get(id) ?? this.#askById(id);
    this.#asked.set(id, asked);
    const answer = await asked;
    this.#asked.delete(id);
    return answer;
  }

  /** Those who ask while it is being asked get the same answer. */
  async versionsOf(subject: string): Promise<Versions> {
    const asked = this.#askedVersions.get(subject) ?? this.#askVersions(subject);
    this.#askedVersions.set(subject, asked);
    const answer = await asked;
    this.#askedVersions.delete(subject);
    return answer;
  }

  async #askVersions(subject: string): Promise<Versions> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions`;
    const numbers = await askRegistry(this.#address, { path, answer: VERSIONS_ANSWER });
    if (!numbers.ok) return numbers.error.code === 'NotFound' ? ok([]) : numbers;
    const versions: RegisteredSchema[] = [];
    for (const number of numbers.value.toSorted((a, b) => a - b)) {
      const answer = { path: `${path}/${number}`, answer: VERSION_ANSWER };
      const version = await askRegistry(this.#address, answer);
      if (version.ok) {
        const { id, schema } = version.value;
        this.#keep(id, schema);
        versions.push({ id, version: version.value.version, schema });
      } else if (version.error.code !== 'NotFound') {
        return version;
      }
    }
    return ok(versions);
  }

  async register(subject: string, schema: string): Promise<Result<number, SchemaProblem>> {
    const registered = await askRegistry(this.#address, {
      path: `/subjects/${encodeURIComponent(subject)}/versions`,
      answer: REGISTERED_ANSWER,
      body: { schema },
    });
    return registered.ok ? ok(registered.value.id) : registered;
  }

  async #askById(id: number): Promise<Result<string, SchemaProblem>> {
    const path = `/schemas/ids/${id}`;
    const answer = await askRegistry(this.#address, { path, answer: SCHEMA_ANSWER });
    if (!answer.ok) return answer;
    const { schema, schemaType } = answer.value;
    if (schemaType !== undefined && schemaType !== 'AVRO') {
      return failure(problemOfStatus(this.#address.url, 404, `schema ${id} is ${schemaType}`));
    }
    this.#keep(id, schema);
    return ok(schema);
  }

  #keep(id: number, schema: string): void {
    this.#known.set(id, schema);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT_SCHEMAS && oldest !== undefined) this.#known.delete(oldest);
  }
}
