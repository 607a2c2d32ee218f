import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInShard, parseShard, shardText } from '../../src/model/shard.ts';

const shards = (count: number) => Array.from({ length: count }, (_, index) => ({ index: index + 1, count }));

describe('a shard', () => {
  it('has each user in one alone', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 1, max: 40 }), (uuid, count) => {
        expect(shards(count).filter((shard) => isInShard(uuid, shard))).toHaveLength(1);
        expect(shards(count).find((shard) => isInShard(uuid.toUpperCase(), shard))).toEqual(
          shards(count).find((shard) => isInShard(uuid, shard)),
        );
      }),
    );
  });

  it.each([2, 3, 8, 32])('of %i has its share of the users', (count) => {
    const uuids = Array.from(
      { length: 1000 * count },
      (_, at) => `5f0c8f0e-0000-4000-8000-${String(at).padStart(12, '0')}`,
    );
    for (const shard of shards(count)) {
      const own = uuids.filter((uuid) => isInShard(uuid, shard)).length;
      expect(own).toBeGreaterThan(850);
      expect(own).toBeLessThan(1150);
    }
  });

  it('is the same in every version, since parts of one run may be of different ones', () => {
    const homes = ['0', '6f1c2b7e-8a4d-4c39-9b0e-d2f7a1c35e64', 'uuid-amy'].map((uuid) =>
      shards(8).findIndex((shard) => isInShard(uuid, shard)),
    );
    expect(homes).toEqual([1, 2, 2]);
  });

  it.each(['1/1', '2/8', '9999/9999'])('%s reads as it is written', (text) => {
    expect(shardText(parseShard(text) ?? { index: 0, count: 0 })).toBe(text);
  });

  it.each(['', '8', '/8', '0/8', '9/8', '1/0', '01/8', '1/10000', '-1/8', '1/8 ', '1.5/8', 'a/b'])(
    'is not %j',
    (text) => {
      expect(parseShard(text)).toBeUndefined();
    },
  );
});
