import type { Enrollment, NewFace } from '../../model/enrollment.ts';
import { compareText } from '../../model/values/order.ts';

/**
 * Whether two entries ask for the same. Where they stand makes no difference, nor in which order, nor which file names a
 * token's file: renamed files, reordering and comments are no change.
 */
export function isSameWish(one: Enrollment, other: Enrollment): boolean {
  return wishOf(one) === wishOf(other);
}

function wishOf({ range: _, user, annotations, ...entry }: Enrollment): string {
  const common = {
    ...entry,
    user: user.key,
    annotations: Object.entries(annotations).toSorted(([a], [b]) => compareText(a, b)),
  };
  if (common.state === 'absent') return spelled(common);
  return spelled({ ...common, face: faceWish(common.face), replaceOn: [...common.replaceOn].toSorted(compareText) });
}

function faceWish(face: NewFace): object {
  if (face.flow !== 'token' || face.token.from === 'env') return face;
  return { ...face, token: face.token.path };
}

/** The same text for the same members, whatever their order. */
export function spelled(value: object): string {
  return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => compareText(a, b)));
}
