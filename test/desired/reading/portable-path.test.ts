import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { portablePath } from '../../../src/desired/reading/portable-path.ts';

describe('a path', () => {
  it.each([
    ['users\\all.yaml', 'users/all.yaml'],
    ['..\\tokens\\carol.b64', '../tokens/carol.b64'],
    ['C:\\faces\\all.yaml', 'C:/faces/all.yaml'],
  ])('of Windows, %j, is spelled as everywhere, and leads there all the same', (path, portable) => {
    expect(portablePath(path, win32.sep)).toBe(portable);
    expect(win32.resolve('C:\\work', portable)).toBe(win32.resolve('C:\\work', path));
  });

  it('of other systems is left as it is, where a backslash is part of a name', () => {
    expect(portablePath('users/odd\\name.yaml', posix.sep)).toBe('users/odd\\name.yaml');
  });
});
