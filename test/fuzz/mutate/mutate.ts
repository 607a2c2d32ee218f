import { parse, stringify } from 'yaml';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateLines, mutateWords } from './mutate-lines.ts';
import { mutateTree, type Tree } from './mutate-tree.ts';
import type { Random } from './random.ts';
import type { Target } from '../target.ts';

/** Larger inputs are slow, and show nothing that smaller ones do not. */
const largest = 24_000;

export interface Mutation {
  readonly target: Pick<Target, 'form' | 'repair'>;
  readonly words: readonly string[];
  readonly random: Random;
  /** Another input, to take parts of. */
  readonly other: Uint8Array;
}

/** Makes another input of one: by bytes, lines, words and structure, one change after another. */
export function mutate(input: Uint8Array, mutation: Mutation): Uint8Array {
  const { random, target } = mutation;
  let now = input;
  for (let left = 1 + random.below(random.oneIn(4) ? 8 : 2); left > 0; left -= 1) now = mutateOnce(now, mutation);
  const cut = now.subarray(0, largest);
  return target.repair === undefined || random.oneIn(16) ? cut : target.repair(cut);
}

function mutateOnce(input: Uint8Array, mutation: Mutation): Uint8Array {
  const { random, words, other, target } = mutation;
  if (target.form === 'bytes') return mutateBytes(input, random, other);
  const way = random.below(8);
  if (way < 4) return byStructure(input, mutation) ?? mutateBytes(input, random, other);
  if (way === 4) return mutateBytes(input, random, other);
  const text = Buffer.from(input).toString('utf8');
  if (way === 5) return Buffer.from(mutateLines(text, random, Buffer.from(other).toString('utf8')));
  return Buffer.from(mutateWords(text, random, words));
}

function byStructure(input: Uint8Array, { random, words, other, target }: Mutation): Uint8Array | undefined {
  const tree = treeOf(input);
  if (tree === undefined) return undefined;
  const changed = mutateTree(tree, random, { words, other: treeOf(other) ?? null });
  if (target.form === 'json' || random.oneIn(3)) return Buffer.from(JSON.stringify(changed, null, random.below(3)));
  const collectionStyle = random.pick(['any', 'block', 'flow'] as const);
  const defaultStringType = random.pick(['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL'] as const);
  return Buffer.from(stringify(changed, { collectionStyle, defaultStringType, indent: 1 + random.below(4) }));
}

/** The input as a value; undefined where it is none, or one that JSON cannot hold. */
export function treeOf(input: Uint8Array): Tree | undefined {
  try {
    const text = Buffer.from(input).toString('utf8');
    const value: unknown = parse(text, { maxAliasCount: 100, logLevel: 'silent', stringKeys: true });
    if (value === undefined) return undefined;
    const tree: Tree = JSON.parse(JSON.stringify(value));
    return tree;
  } catch {
    return undefined;
  }
}
