/** One of `count` parts of the users, counted from 1. The parts of one `count` never overlap, and leave nobody out. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * Whether a user belongs to the shard. It goes by the UUID alone, which no rename and no second name of his changes:
 * by the names in the files, two of one user could end in two shards, each of which would see only half of his entries.
 */
export function isInShard(uuid: string, { index, count }: Shard): boolean {
  return hash(uuid.toLowerCase()) % count === index - 1;
}

export function shardText({ index, count }: Shard): string {
  return `${index}/${count}`;
}

/** Undefined where the text is none; no more than 9,999 parts. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return shard.index <= shard.count ? shard : undefined;
}

/** FNV-1a, 32 bits, its bits mixed once more: the remainder of a division looks at the low ones. */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
