import type { Random } from './random.ts';

/** Bytes that readers of text stumble over: marks, line ends, what cannot be seen, and what is no UTF-8. */
const odd: readonly Uint8Array[] = [
  '\ufeff',
  '\r\n',
  '\r',
  '\t',
  '\0',
  '\u0085',
  '\u2028',
  '\u202e',
  '\u200b',
  '\u001b[31m',
  '😀',
  'é',
  '\n\n',
  '...\n',
  '---\n',
  '::error::x\n',
  '##[group]x\n',
].map((text) => Buffer.from(text));
const notUtf8: readonly Uint8Array[] = [
  [0xff],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xe2, 0x80],
].map((bytes) => Uint8Array.from(bytes));

type Change = (input: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

/** Puts bytes in the place of a stretch. */
function splice(input: Uint8Array, start: number, end: number, put: Uint8Array): Uint8Array {
  return Buffer.concat([input.subarray(0, start), put, input.subarray(end)]);
}

/** A stretch, mostly a short one. */
function stretchOf(input: Uint8Array, random: Random): { readonly start: number; readonly end: number } {
  const start = random.below(input.length + 1);
  const longest = random.oneIn(4) ? input.length : 8;
  return { start, end: Math.min(input.length, start + random.below(longest + 1)) };
}

const changes: readonly Change[] = [
  (input, random) => {
    const at = random.below(input.length + 1);
    return splice(input, at, at + 1, Uint8Array.of(random.below(256)));
  },
  (input, random) => {
    const at = random.below(input.length + 1);
    return splice(input, at, at, Uint8Array.of(random.below(128)));
  },
  (input, random) => {
    const at = random.below(input.length + 1);
    return splice(input, at, at, random.pick(random.oneIn(4) ? notUtf8 : odd));
  },
  (input, random) => {
    const { start, end } = stretchOf(input, random);
    return splice(input, start, end, new Uint8Array());
  },
  (input, random) => {
    const { start, end } = stretchOf(input, random);
    return splice(input, end, end, input.subarray(start, end));
  },
  (input, random) => {
    const { start, end } = stretchOf(input, random);
    const at = random.below(input.length + 1);
    return splice(input, at, at, input.subarray(start, end));
  },
  (input, random, other) => {
    const { start, end } = stretchOf(other, random);
    const at = stretchOf(input, random);
    return splice(input, at.start, at.end, other.subarray(start, end));
  },
];

/** Changes bytes without regard to what they mean. */
export function mutateBytes(input: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  return random.pick(changes)(input, random, other);
}
