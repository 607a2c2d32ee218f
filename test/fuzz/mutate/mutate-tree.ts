import type { Random } from './random.ts';

/** A value of JSON. */
export type Tree = null | boolean | number | string | Tree[] | { [name: string]: Tree };

/** Where a value hangs. */
interface Slot {
  readonly get: () => Tree;
  readonly set: (value: Tree) => void;
  readonly remove: () => void;
  /** Gives it another name, or puts it in twice. */
  readonly again: (name: string) => void;
}

const oddValues: readonly Tree[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  2 ** 53,
  '',
  ' ',
  '.',
  '..',
  '__proto__',
  'constructor',
  '[object Object]',
  '\u0000',
  '\ud800',
  '\u202e',
  '9999-12-31T23:59:59Z',
  '2026-02-30T00:00:00Z',
  '+010000-01-01T00:00:00Z',
  '0000-01-01T00:00:00-23:59',
  '10%',
  '101%',
];

/** Changes one place of a value, which stays JSON. */
export function mutateTree(
  tree: Tree,
  random: Random,
  { words, other }: { words: readonly string[]; other: Tree },
): Tree {
  const top = { value: structuredClone(tree) };
  const slots = slotsOf(top);
  const slot = random.pick(slots);
  const elsewhere = random.pick(slots);
  const changes: readonly (() => void)[] = [
    slot.remove,
    () => {
      slot.again(random.pick(words));
    },
    () => {
      slot.set(random.pick(words));
    },
    () => {
      slot.set(random.pick(oddValues));
    },
    () => {
      slot.set(structuredClone(elsewhere.get()));
    },
    () => {
      slot.set(structuredClone(random.pick(slotsOf({ value: other })).get()));
    },
    () => {
      slot.set(random.oneIn(2) ? [slot.get()] : { [random.pick(words)]: slot.get() });
    },
    () => {
      slot.set(changed(slot.get(), random));
    },
  ];
  random.pick(changes)();
  return top.value;
}

/** Trees with one place less, those first that lose most. */
export function* smallerTrees(tree: Tree): Generator<Tree> {
  const count = slotsOf({ value: tree }).length;
  for (let at = 1; at < count; at += 1) {
    const top = { value: structuredClone(tree) };
    slotsOf(top)[at]?.remove();
    yield top.value;
  }
}

function changed(value: Tree, random: Random): Tree {
  if (typeof value === 'number') return value + random.below(5) - 2;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return value;
  const at = random.below(value.length + 1);
  return value.slice(0, at) + String.fromCharCode(random.below(random.oneIn(4) ? 65_536 : 128)) + value.slice(at);
}

function slotsOf(top: { value: Tree }): readonly Slot[] {
  const slots: Slot[] = [
    {
      get: () => top.value,
      set: (value) => (top.value = value),
      remove: () => (top.value = null),
      again: (name) => (top.value = { [name]: top.value }),
    },
  ];
  collect(top.value, slots);
  return slots;
}

function collect(holder: Tree, slots: Slot[]): void {
  if (Array.isArray(holder)) {
    for (const [index, item] of holder.entries()) {
      slots.push({
        get: () => holder[index] ?? null,
        set: (value) => (holder[index] = value),
        remove: () => holder.splice(index, 1),
        again: () => holder.splice(index, 0, structuredClone(item)),
      });
      collect(item, slots);
    }
  } else if (typeof holder === 'object' && holder !== null) {
    for (const [name, inner] of Object.entries(holder)) {
      slots.push({
        get: () => holder[name] ?? null,
        set: (value) => (holder[name] = value),
        remove: () => Reflect.deleteProperty(holder, name),
        again: (other) => (holder[other] = structuredClone(inner)),
      });
      collect(inner, slots);
    }
  }
}
