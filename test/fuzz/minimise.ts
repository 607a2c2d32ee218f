import { smallerTrees } from './mutate/mutate-tree.ts';
import { treeOf } from './mutate/mutate.ts';
import type { Target } from './target.ts';

/** Runs that a failure is worth. */
const most = 3000;

/** Makes an input smaller while it breaks the same law: first by its structure, then by its bytes. */
export async function minimise(
  input: Uint8Array,
  target: Pick<Target, 'form' | 'repair'>,
  breaks: (input: Uint8Array) => Promise<boolean>,
): Promise<Uint8Array> {
  let runs = 0;
  const isSmaller = async (candidate: Uint8Array, than: Uint8Array): Promise<boolean> => {
    runs += 1;
    return runs <= most && candidate.length < than.length && (await breaks(candidate));
  };
  const first = target.form === 'bytes' ? input : await byStructure(input, target, isSmaller);
  return byBytes(first, isSmaller);
}

type IsSmaller = (candidate: Uint8Array, than: Uint8Array) => Promise<boolean>;

async function byStructure(
  input: Uint8Array,
  { repair }: Pick<Target, 'repair'>,
  isSmaller: IsSmaller,
): Promise<Uint8Array> {
  const tree = treeOf(input);
  if (tree === undefined) return input;
  for (const smaller of smallerTrees(tree)) {
    const plain = Buffer.from(JSON.stringify(smaller));
    const candidate = repair === undefined ? plain : repair(plain);
    if (await isSmaller(candidate, input))
      return byStructure(candidate, repair === undefined ? {} : { repair }, isSmaller);
  }
  return input;
}

async function byBytes(input: Uint8Array, isSmaller: IsSmaller): Promise<Uint8Array> {
  let now = input;
  for (let size = now.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < now.length;) {
      const candidate = Buffer.concat([now.subarray(0, at), now.subarray(at + size)]);
      if (await isSmaller(candidate, now)) now = candidate;
      else at += size;
    }
  }
  return now;
}
