import fc from 'fast-check';
import { expect, it } from 'vitest';
import { adopt, type Adoption } from '../../../src/engine/adopt/adopt.ts';
import { patched } from '../../../src/engine/adopt/patch-for.ts';
import { createPlan } from '../../../src/engine/owners/create-plan.ts';
import type { PlanRequest } from '../../../src/engine/plan/plan.ts';
import { writingChanges } from '../../../src/model/plan.ts';
import { lawRuns } from '../../property-runs.ts';
import { worldArb, type World } from '../../support/engine/random-worlds.ts';
import { desire, face, liveOf, mobile, now, present, range } from '../../support/engine/world.ts';

function requestOf({ desired, live }: Pick<World, 'desired' | 'live'>): PlanRequest {
  const tenant = { kind: 'origin', origin: 'https://acme.example' } as const;
  return { desired, live, tenant, now, missingUsers: 'wait', entries: 'all', renew: new Set() };
}

/** The world with the files as they are after the adoption, and the users read whom they name. */
function adopted({ desired, live }: World, { patches, added }: Adoption): Pick<World, 'desired' | 'live'> {
  const changed = new Map(patches.map(({ entry, patch }) => [entry, patch]));
  const enrollments = desired.enrollments.map((entry) => {
    const patch = changed.get(entry);
    return patch !== undefined && entry.state === 'present' ? patched(entry, patch) : entry;
  });
  const found = live.discovered.flatMap((user) =>
    user.presence === 'present' ? [[user.user.login.toLowerCase(), user] as const] : [],
  );
  return {
    desired: { ...desired, enrollments: [...enrollments, ...added.map(({ entry }) => entry)] },
    live: { ...live, listed: new Map([...found, ...live.listed]) },
  };
}

it('leaves a plan nothing to do to the users, in any files and tenant, and itself nothing to adopt', () => {
  fc.assert(
    fc.property(worldArb, (world) => {
      const adoption = adopt(requestOf(world), 'drifted');
      const after = requestOf(adopted(world, adoption));
      const changes = writingChanges(createPlan(after)).filter(({ user }) => adoption.users.has(user.uuid));
      expect(changes).toEqual([]);
      const again = adopt(after, 'drifted');
      expect([...again.users].filter((uuid) => adoption.users.has(uuid))).toEqual([]);
      expect([again.patches, again.added]).toEqual([[], []]);
    }),
    { numRuns: lawRuns },
  );
});

it('says nothing of users who are left, and tells each of them', () => {
  fc.assert(
    fc.property(worldArb, (world) => {
      const request = requestOf(world);
      const { users, left, patches, added } = adopt(request, 'drifted');
      const failed = new Set(left.map(({ user }) => user.uuid));
      expect([...failed].filter((uuid) => users.has(uuid))).toEqual([]);
      expect(added.filter(({ user }) => failed.has(user.uuid))).toEqual([]);
      const drifted = writingChanges(createPlan(request)).filter(({ action }) => action === 'update');
      for (const { user } of drifted) expect(users.has(user.uuid) !== failed.has(user.uuid)).toBe(true);
      for (const { entry } of patches) expect(request.desired.enrollments).toContain(entry);
    }),
    { numRuns: lawRuns },
  );
});

it('names a new user by UUID where his login could mean another, and passes over users who were not read', () => {
  const odd = {
    presence: 'present',
    user: { uuid: 'id-1', login: 'uuid:x' },
    faces: [face('1')],
    inScope: true,
  } as const;
  const gone = { presence: 'absent' } as const;
  const scope = { users: 'tenant', onRemove: 'delete', range: range(2) } as const;
  const world = {
    desired: desire([present('amy', mobile())], { scope }),
    live: liveOf({ amy: gone }, { discovered: [odd, gone] }),
  };
  const { added, users } = adopt(requestOf(world), 'drifted');
  expect([...users]).toEqual(['id-1']);
  expect(added.map(({ face: { user } }) => user.key)).toEqual(['uuid:id-1']);
  const amy = { by: 'login', value: 'amy', key: 'amy' } as const;
  expect(adopt(requestOf(world), [amy])).toEqual({ users: new Set(), patches: [], added: [], left: [] });
});
