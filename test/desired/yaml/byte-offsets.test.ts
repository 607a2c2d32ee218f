import { describe, expect, it } from 'vitest';
import { ByteOffsets } from '../../../src/desired/source/byte-offsets.ts';

describe('the bytes before a place', () => {
  it('are those of the text before it, wherever blocks begin', () => {
    for (const shift of ['', 'x', 'ü']) {
      const text = shift + '日😀ü-'.repeat(600);
      const offsets = new ByteOffsets(text);
      let units = 0;
      for (const character of text) {
        expect(offsets.before(units)).toBe(Buffer.byteLength(text.slice(0, units)));
        units += character.length;
      }
      expect(offsets.before(text.length)).toBe(Buffer.byteLength(text));
    }
  });
});
