import type { UserRef } from '../../model/enrollment.ts';
import type { NameKind } from '../../model/shown/explanation.ts';
import type { Profile } from '../../model/shown/profile.ts';

/** By which of a user's names a ref leads to them; undefined where it does not. */
export type Naming = (ref: UserRef) => NameKind | undefined;

/** Names are compared without regard to case, as a look-up compares them. Of a user not known, `asked` is the only one. */
export function namingOf(asked: UserRef, profile: Profile): Naming {
  const kinds = kindsByName(profile);
  if (!kinds.has(nameOf(asked))) kinds.set(nameOf(asked), asked.by);
  return (ref) => kinds.get(nameOf(ref));
}

function kindsByName(profile: Profile): Map<string, NameKind> {
  const kinds = new Map<string, NameKind>();
  if (profile.presence === 'absent' || profile.user === undefined) return kinds;
  const { uuid, login, aliases, externalId } = profile.user;
  for (const alias of aliases) kinds.set(nameOf({ by: 'login', value: alias }), 'alias');
  kinds.set(nameOf({ by: 'login', value: login }), 'login');
  kinds.set(nameOf({ by: 'uuid', value: uuid }), 'uuid');
  if (externalId !== undefined) kinds.set(nameOf({ by: 'externalId', value: externalId }), 'externalId');
  return kinds;
}

function nameOf({ by, value }: Pick<UserRef, 'by' | 'value'>): string {
  return `${by}:${value.toLowerCase()}`;
}
