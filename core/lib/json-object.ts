/**
 * Whether parsed JSON is an object. Its members are then read where they stand: a copy that a parser of schemas makes of
 * them loses what is called `__proto__`, and nobody would learn that it was there.
 */
export function isJsonObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
