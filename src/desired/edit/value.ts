/** What an edit can write: the values that entries are made of. */
export type Value = string | boolean | readonly string[] | Members;

export interface Members {
  readonly [name: string]: Value | undefined;
}

/** Members that are there. */
export interface Written {
  readonly [name: string]: Value;
}

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Without what is undefined. */
export function compact(members: Members): Written {
  const there: Record<string, Value> = {};
  for (const [name, value] of Object.entries(members)) if (value !== undefined) there[name] = value;
  return there;
}

/** The members with others put in: those that both have get the new value, mappings member by member. */
export function merged(old: Readonly<Record<string, unknown>>, members: Members): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = { ...old };
  for (const [name, value] of Object.entries(compact(members))) {
    const before = result[name];
    result[name] = isObject(before) && isObject(value) ? merged(before, value) : value;
  }
  return result;
}

/** Whether two values of files are the same, whatever the order of members. */
export function isSame(left: unknown, right: unknown): boolean {
  return left === right || canonical(left) === canonical(right);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
