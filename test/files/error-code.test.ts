import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCode } from '../../src/files/error-code.ts';
import { isMissing } from '../../src/files/is-missing.ts';

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('the code of an error', () => {
  it('is the one that the system gave it', () => {
    expect(errorCode(thrownBy(() => readFileSync('/nowhere/at/all')))).toBe('ENOENT');
  });

  it.each([new Error('of the program'), { code: 20 }, {}, 'ENOENT', null, undefined])('is none of %j', (error) => {
    expect(errorCode(error)).toBeUndefined();
  });
});

describe('a file', () => {
  it.each([
    ['ENOENT', true],
    ['ENOTDIR', true],
    ['EACCES', false],
  ])('that cannot be read for %s is missing: %s', (code, missing) => {
    expect(isMissing(Object.assign(new Error('no'), { code }))).toBe(missing);
  });
});
