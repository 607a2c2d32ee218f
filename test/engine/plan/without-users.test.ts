import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutUsers } from '../../../src/engine/plan/without-users.ts';
import type { Enrollment } from '../../../src/model/enrollment.ts';
import { lawRuns, lawTimeout } from '../../property-runs.ts';
import { namedWorldArb } from '../../support/engine/named-worlds.ts';
import { files, live, of, owner } from '../../support/engine/owned.ts';
import { person, personBy, readFully } from '../../support/engine/people.ts';
import { desire, found, liveOf, mobile, mobileFace, plan, present } from '../../support/engine/world.ts';

describe('users who are left out of a plan', { timeout: lawTimeout }, () => {
  it('have no change under any of their names, and everybody else has the changes of the whole plan', () => {
    fc.assert(
      fc.property(namedWorldArb, fc.infiniteStream(fc.boolean()), ({ desired, users, settings }, leaves) => {
        const people = users.map(({ user: { login }, faces, inScope }) => person(login, faces, inScope));
        const read = readFully(desired, people);
        const keys = new Set(desired.enrollments.filter(() => leaves.next().value).map(({ key }) => key));
        const isLeftOut = (entry: Enrollment): boolean => keys.has(entry.key);
        const left = new Set(
          desired.enrollments.filter(isLeftOut).map(({ user }) => personBy(people, user)?.user.uuid),
        );
        const part = withoutUsers({ desired, live: read }, isLeftOut);
        const whole = plan(desired, read, { settings });
        expect(plan(part.desired, part.live, { settings }).changes).toEqual(
          whole.changes.filter(({ user }) => !left.has(user.uuid)),
        );
      }),
      { numRuns: lawRuns },
    );
  });

  it('are left out of the scope of each owner', () => {
    const bob = found('bob', [mobileFace('b')]);
    const scope = { users: 'tenant', onRemove: 'delete', range: present('amy', mobile()).range } as const;
    const desired = files(
      [owner('a', { scope })],
      [of('a', present('amy', mobile())), of('a', present('bob', mobile()))],
    );
    const read = live({ amy: found('amy', []), bob }, { a: [bob] });
    const part = withoutUsers({ desired, live: read }, ({ user }) => user.key === 'bob');
    expect(plan(part.desired, part.live).changes.map(({ key }) => key)).toEqual(['amy/mobile']);
  });

  it('may be nobody whom the tenant has, or knows for sure', () => {
    const reason = { code: 'timeout', message: 'late' } as const;
    const desired = desire([present('amy', mobile()), present('bob', mobile()), present('cyd', mobile())]);
    const read = liveOf({ amy: { presence: 'absent' }, bob: { presence: 'unknown', reason } });
    const part = withoutUsers({ desired, live: read }, () => true);
    expect(part.desired.enrollments).toEqual([]);
    expect(part.live.listed).toEqual(read.listed);
  });
});
