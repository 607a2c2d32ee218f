import type { DesiredState, UserRef } from '../../model/enrollment.ts';
import type { SandboxSeed } from '../../sandbox/index.ts';

/** A tenant in which every user of the files exists, and has no face yet; for a sandbox that has no state. */
export function seedFor(desired: DesiredState): SandboxSeed {
  const groups = desired.scope.users === 'group' ? [desired.scope.group] : [];
  const refs = new Map(desired.enrollments.map(({ user }) => [user.key, user]));
  return {
    groups: groups.map((name) => ({ name })),
    users: [...refs.values()].map((ref) => ({ ...identify(ref), groups })),
  };
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
