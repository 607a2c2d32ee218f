import type { UserRef } from '../../model/enrollment.ts';
import type { NameKind } from '../../model/shown/explanation.ts';
import type { NamedUser, Profile } from '../../model/shown/profile.ts';

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
  for (const { kind, ...ref } of refsOf(profile.user)) kinds.set(nameOf(ref), kind);
  return kinds;
}

type Names = Pick<NamedUser, 'uuid' | 'login' | 'aliases' | 'externalId'>;

/** All refs that lead to a user; of a name that is login and alias, the login comes last. */
export function refsOf(user: Names): readonly (Pick<UserRef, 'by' | 'value'> & { readonly kind: NameKind })[] {
  const { uuid, login, aliases, externalId } = user;
  return [
    ...aliases.map((value) => ({ by: 'login', value, kind: 'alias' }) as const),
    { by: 'login', value: login, kind: 'login' },
    { by: 'uuid', value: uuid, kind: 'uuid' },
    ...(externalId === undefined ? [] : [{ by: 'externalId', value: externalId, kind: 'externalId' } as const]),
  ];
}

/** The same text for whatever names a look-up takes for the same. */
export function nameOf({ by, value }: Pick<UserRef, 'by' | 'value'>): string {
  return `${by}:${value.toLowerCase()}`;
}
