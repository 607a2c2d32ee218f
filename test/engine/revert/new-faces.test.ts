import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../src/engine/plan/fingerprint.ts';
import type { Face } from '../../../src/model/face.ts';
import { day, fromNow, mobileFace, now, webFace } from '../../support/engine/world.ts';
import { codesOf, created, deleted, replaced, revertOf, updated, wordsOf } from './past.ts';

const old = mobileFace('old');
const late = fromNow(300 * day);
const fresh = (id: string, more: Partial<Face> = {}): Face => mobileFace(id, { created: now, status: 'NEW', ...more });
const killed = (faces: readonly Face[]) => ({ certainty: 'possible', precondition: fingerprint(faces) }) as const;

describe('a create whose run did not live to name its face', () => {
  it('is undone where without the newest faces the user has those of the plan', () => {
    const past = [created(undefined, killed([old]))];
    const made = revertOf(past, [old, fresh('a')]);
    expect([wordsOf(made), codesOf(made)]).toEqual([['delete a'], []]);
    expect(made.changes[0]?.key).toBe('amy/1-a');
    expect([wordsOf(revertOf(past, [old])), codesOf(revertOf(past, [old]))]).toEqual([[], []]);
    const two = [created(undefined, killed([old])), created(undefined, killed([old]))];
    expect(wordsOf(revertOf(two, [fresh('b'), old, fresh('a')]))).toEqual(['delete a', 'delete b']);
  });

  it('is told by what the other changes of its user have found', () => {
    const web = webFace('web', 'x');
    const before = killed([old, web]);
    const past = [
      created(undefined, before),
      updated(old, { expiry: late }, before),
      deleted(web, before),
      created('named', before),
    ];
    const made = revertOf(past, [fresh('named'), { ...old, expiry: late }, fresh('a')]);
    expect(wordsOf(made)).toEqual(['delete a', 'delete named', `update old ACTIVE ${old.expiry}`]);
  });

  it('is not guessed at where the user has other faces than the plan knew', () => {
    const made = revertOf([created(undefined, killed([]))], [fresh('a'), fresh('b')]);
    expect([wordsOf(made), codesOf(made)]).toEqual([[], ['OUTCOME_UNCERTAIN']]);
  });

  it('is not guessed at where one of two new faces has replaced an old one', () => {
    const past = [created(undefined, killed([old])), replaced(old, undefined, killed([old]))];
    const made = revertOf(past, [fresh('a'), fresh('b')]);
    expect(wordsOf(made)).toEqual([]);
    expect(codesOf(made)).toEqual(['CANNOT_BE_REVERTED', 'OUTCOME_UNCERTAIN', 'OUTCOME_UNCERTAIN']);
    expect(wordsOf(revertOf(past, [old, fresh('a')]))).toEqual(['delete a']);
  });
});
