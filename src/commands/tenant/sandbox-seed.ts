import { userRef } from '../../engine/index.ts';
import type { DesiredState, Enrollment, Rules, UserRef } from '../../model/enrollment.ts';
import type { SandboxSeed, SeedUser } from '../../sandbox/index.ts';

/**
 * The groups and users of the files, for an embedded tenant. Left out are users whose entries all say what happens while
 * the tenant lacks them (`missingUsers: wait` or `ignore`): else nobody could see that happen.
 */
export function seedFor(desired: DesiredState): SandboxSeed {
  const groups = new Set([desired, ...(desired.owners ?? [])].flatMap(groupOf));
  const named = new Set<string>();
  const users = new Map<string, SeedUser>();
  for (const entry of desired.enrollments) {
    const { key } = entry.user;
    const rules = rulesOf(entry, desired);
    named.add(key);
    if ((entry.missingUsers ?? rules.missingUsers) !== 'error') continue;
    const others = users.get(key)?.groups ?? [];
    users.set(key, { ...identify(entry.user), groups: [...new Set([...others, ...groupOf(rules)])] });
  }
  for (const key of desired.protect.keys()) if (!named.has(key)) users.set(key, identify(userRef(key)));
  return { groups: [...groups].map((name) => ({ name })), users: [...users.values()] };
}

function rulesOf({ owner }: Enrollment, desired: DesiredState): Rules {
  return desired.owners?.find(({ name }) => name === owner) ?? desired;
}

function groupOf({ scope }: Rules): readonly string[] {
  return scope.users === 'group' ? [scope.group] : [];
}

function identify({ by, value }: UserRef): SeedUser {
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
