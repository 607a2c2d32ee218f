import { matchUser } from '../../../src/engine/match/match.ts';
import type { Enrollment } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import { now } from './world.ts';

/** Claims of one user: `key → face id`, with `!` before the id where the face must be replaced. */
export function claims(entries: readonly Enrollment[], faces: readonly Face[]): Readonly<Record<string, string>> {
  const match = matchUser(entries, faces, now);
  const pairs: readonly (readonly [string, string])[] = [
    ...match.claims.map(
      ({ entry, face, fit }) => [entry.key, `${fit === 'other' ? '!' : ''}${face?.id ?? '-'}`] as const,
    ),
    ...match.removals.map(({ entry, faces: gone }) => [entry.key, gone.map(({ id }) => id).join(' ')] as const),
    ['left', match.left.map(({ id }) => id).join(' ')],
  ];
  return Object.fromEntries(pairs);
}
