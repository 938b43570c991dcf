/**
 * Whether a value, of parsed JSON above all, is an object whose properties may be asked for. They are then read where they stand:
 * a copy that a parser of schemas makes of them loses what is called `__proto__`, and nobody would learn that it was there.
 */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
