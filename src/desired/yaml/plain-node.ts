import type { Span } from '../source/source-file.ts';

/** A value that the plain reader has read, and where it stands. */
export type PlainNode = PlainScalar | PlainMap | PlainList;

export interface PlainScalar extends Span {
  readonly kind: 'scalar';
  readonly value: string | number | boolean;
}

export interface PlainMap extends Span {
  readonly kind: 'map';
  readonly members: readonly PlainMember[];
}

export interface PlainList extends Span {
  readonly kind: 'list';
  readonly items: readonly PlainNode[];
}

/** The span is that of the name. */
export interface PlainMember extends Span {
  readonly name: string;
  readonly value: PlainNode;
}

/** What the node stands for; undefined where a member stands twice in a mapping. */
export function valueOf(node: PlainNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'map') return mapValue(node);
  const values: unknown[] = [];
  for (const item of node.items) {
    const value = valueOf(item);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

export function mapValue({ members }: PlainMap): Record<string, unknown> | undefined {
  const value: Record<string, unknown> = {};
  for (const member of members) {
    const inner = valueOf(member.value);
    if (inner === undefined || Object.hasOwn(value, member.name)) return undefined;
    value[member.name] = inner;
  }
  return value;
}

/** Where the value at a path stands, or the nearest one around it; `key` asks for the member's name. */
export function findPlain(from: PlainNode, path: readonly (string | number)[], part: 'key' | 'value'): Span {
  let node = from;
  for (const [depth, step] of path.entries()) {
    const member = node.kind === 'map' ? node.members.find(({ name }) => name === step) : undefined;
    if (member !== undefined && part === 'key' && depth === path.length - 1) return member;
    const inner = node.kind === 'list' ? node.items[Number(step)] : member?.value;
    if (inner === undefined) return node;
    node = inner;
  }
  return node;
}
