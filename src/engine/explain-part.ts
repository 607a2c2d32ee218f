import type { DesiredState, UserRef } from '../model/enrollment.ts';
import type { Profile } from '../model/shown/profile.ts';
import { partsOf } from './owners/parts.ts';
import { namingOf } from './plan/user-names.ts';

/** What each part of the files asks for, those that name the user as they were asked for first. Never empty. */
export function partsForUser(desired: DesiredState, asked: UserRef): readonly DesiredState[] {
  if (desired.owners === undefined) return [desired];
  const parts = partsOf(desired).map((part) => part.desired);
  const names = ({ enrollments }: DesiredState): boolean => enrollments.some(({ user }) => user.key === asked.key);
  return [...parts.filter(names), ...parts.filter((part) => !names(part))];
}

/** Whether a user belongs to a part: it names them in any way, or its scope brings them in. */
export function concerns({ enrollments, scope }: DesiredState, asked: UserRef, profile: Profile): boolean {
  const naming = namingOf(asked, profile);
  if (enrollments.some(({ user }) => naming(user) !== undefined)) return true;
  return scope.users !== 'listed' && profile.presence === 'present' && profile.inScope;
}
