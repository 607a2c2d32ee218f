import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../../src/engine/since/difference.ts';
import type { DesiredState, NewFace } from '../../../src/model/enrollment.ts';
import { files, group, of, owner } from '../../support/engine/owned.ts';
import { desire, mobile, present, protecting, tenantRule } from '../../support/engine/world.ts';

const amy = present('amy', mobile());
const because = (before: DesiredState, now: DesiredState): string | undefined => {
  const difference = differenceOf(before, now);
  return difference.concerns === 'everybody' ? difference.because : undefined;
};
const touched = (before: DesiredState, now: DesiredState): readonly string[] => {
  const difference = differenceOf(before, now);
  return difference.concerns === 'some' ? [...difference.users.keys()] : ['everybody'];
};

describe('two states of the files', () => {
  it('differ for all of the users of an owner whose rules differ, and in which', () => {
    const of1 = (more: Parameters<typeof owner>[1]): DesiredState => files([owner('emea', more)], [of('emea', amy)]);
    expect(because(of1({}), of1({ scope: group(3) }))).toBe("'scope' of owner 'emea' differs");
    expect(because(of1({}), of1({ unmatched: 'disable' }))).toBe("'unmatched' of owner 'emea' differs");
    expect(because(of1({}), of1({ missingUsers: 'wait' }))).toBe("'missingUsers' of owner 'emea' differs");
    expect(because(of1({ scope: group(3) }), of1({ scope: group(9) }))).toBeUndefined();
  });

  it('differ for everybody where an owner with a scope comes or goes, and for his entries where he has none', () => {
    const none = desire([amy]);
    const listed = files([owner('emea')], [of('emea', amy)]);
    expect(touched(none, listed)).toEqual(['amy']);
    expect(touched(listed, none)).toEqual(['amy']);
    const scoped = files([owner('emea', { scope: group(3) })], [of('emea', amy)]);
    expect(because(none, scoped)).toBe("'scope' of owner 'emea' differs");
    expect(because(scoped, none)).toBe("'scope' of owner 'emea' differs");
  });

  it('differ for those whom protect names in one of them alone', () => {
    expect(touched(desire([amy]), desire([amy], { protect: protecting('amy', 'uuid:x') }))).toEqual(['amy', 'uuid:x']);
    expect(touched(desire([amy], { protect: protecting('amy') }), desire([amy]))).toEqual(['amy']);
  });

  it('differ for one owner in his entries, and in all others where his scope may bring their users in', () => {
    const two = (more: Parameters<typeof owner>[1], names: readonly string[]): DesiredState =>
      files(
        [owner('a', more), owner('b')],
        names.map((name) => of('b', present(name, mobile()))),
      );
    const usersOf = (name: string, more: Parameters<typeof owner>[1]): readonly unknown[] => {
      const difference = differenceOf(two(more, ['amy', 'bob']), two(more, ['amy']), name);
      return difference.concerns === 'some' ? [[...difference.users.keys()], difference.removed.length] : [];
    };
    expect(usersOf('a', {})).toEqual([[], 0]);
    expect(usersOf('a', { scope: group(1) })).toEqual([['bob'], 0]);
    expect(usersOf('b', {})).toEqual([['bob'], 1]);
    expect(usersOf('nobody', {})).toEqual([[], 0]);
  });

  it('are alike where a login is spelled in other letters', () => {
    const upper = { ...amy, user: { ...amy.user, value: 'AMY' } };
    expect(touched(desire([amy]), desire([upper]))).toEqual([]);
  });

  it('are alike in a token of another file by the same way, and not in one by another way', () => {
    const face = (namedBy: string, path: string): NewFace => ({
      flow: 'token',
      customerUserId: 'c',
      token: { from: 'file', path, namedBy },
      expiry: tenantRule,
    });
    const state = (namedBy: string, path: string): DesiredState => desire([present('amy', face(namedBy, path))]);
    expect(touched(state('a.yaml', 'tokens/a'), state('b.yaml', 'tokens/a'))).toEqual([]);
    expect(touched(state('a.yaml', 'tokens/a'), state('a.yaml', 'tokens/b'))).toEqual(['amy']);
  });
});
