/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable of the environment; null where it is not set, or empty. */
export function variable(env: Environment, name: string): string | null {
  const text = (env[name] ?? '').trim();
  return text === '' ? null : text;
}
