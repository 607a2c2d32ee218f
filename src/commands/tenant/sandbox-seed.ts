import type { DesiredState, Rules, UserRef } from '../../model/enrollment.ts';
import type { SandboxSeed } from '../../sandbox/index.ts';

/** A tenant in which every user of the files exists, and has no face yet; for a sandbox that has no state. */
export function seedFor(desired: DesiredState): SandboxSeed {
  const groups = new Set([desired, ...(desired.owners ?? [])].flatMap(groupOf));
  const seen = new Map(
    desired.enrollments.map(({ user, owner }) => {
      const rules = desired.owners?.find(({ name }) => name === owner) ?? desired;
      return [user.key, { ...identify(user), groups: groupOf(rules) }] as const;
    }),
  );
  return { groups: [...groups].map((name) => ({ name })), users: [...seen.values()] };
}

function groupOf({ scope }: Rules): readonly string[] {
  return scope.users === 'group' ? [scope.group] : [];
}

function identify({ by, value }: UserRef): { login: string; email: string; id?: string; externalId?: string } {
  const email = value.includes('@') ? value : `${value}@sandbox.example`;
  switch (by) {
    case 'login':
      return { login: value, email };
    case 'uuid':
      return { login: `user-${value}`, email, id: value };
    case 'externalId':
      return { login: `user-${value}`, email, externalId: value };
  }
}
