/**
 * Every property of `T`, spelled out: one that may be missing is `undefined` instead. A property that is forgotten, or
 * that `T` does not have, does not compile.
 */
export type Spelled<T> = {
  readonly [K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K> ? T[K] | undefined : T[K];
};

/** Leaves out what is undefined: the object has the properties that are given, in the order in which they are spelled. */
export function given<T extends object>(properties: Spelled<T>): T;
export function given(properties: Readonly<Record<string, unknown>>): object {
  const found: Record<string, unknown> = {};
  for (const name of Object.keys(properties)) {
    const value = properties[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}
