/** Names of the rows of a table, in its order. For literals alone: another object may have properties beyond its type. */
export function keysOf<K extends string>(table: Readonly<Record<K, unknown>>): readonly K[];
export function keysOf(table: object): readonly string[] {
  return Object.keys(table);
}
