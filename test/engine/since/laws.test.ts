import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../../src/engine/since/difference.ts';
import { touchedPart } from '../../../src/engine/since/touched-part.ts';
import { userRef } from '../../../src/engine/plan/user-ref.ts';
import type { DesiredState, Enrollment } from '../../../src/model/enrollment.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { lawRuns, lawTimeout } from '../../property-runs.ts';
import { namedWorldArb, type NamedWorld } from '../../support/engine/named-worlds.ts';
import { person, personBy, readFully, readSome, type Person } from '../../support/engine/people.ts';
import { born } from '../../support/engine/simulate.ts';
import { plan, range } from '../../support/engine/world.ts';

const numRuns = lawRuns;

interface History {
  readonly before: DesiredState;
  readonly now: DesiredState;
  readonly world: NamedWorld;
  readonly people: readonly Person[];
}

/** Entries of two files that both ask for something; of one key, the first. */
function together(entries: readonly Enrollment[]): readonly Enrollment[] {
  return [...new Map(entries.toReversed().map((entry) => [entry.key, entry])).values()];
}

/** Two states of the files of one tenant: some entries are the same, some differ, some are of one state alone. */
const historyArb: fc.Arbitrary<History> = fc
  .tuple(namedWorldArb, namedWorldArb, fc.infiniteStream(fc.constantFrom('one', 'other', 'both')))
  .chain(([world, other, side]) =>
    fc.record({
      world: fc.constant(world),
      ofOther: fc.subarray([...other.desired.enrollments]),
      sides: fc.constant(side),
      policy: fc.constantFrom('same', 'same', 'same', 'other'),
      protect: fc.constantFrom(world.desired.protect, other.desired.protect),
      outside: fc.subarray(['amy', 'bob', 'cyd', 'dan']),
      other: fc.constant(other),
    }),
  )
  .map(({ world, ofOther, sides, policy, protect, outside, other }) => {
    const placed = world.desired.enrollments.map((entry) => ({ entry, side: sides.next().value ?? 'both' }));
    const kept = (side: 'one' | 'other'): readonly Enrollment[] =>
      placed.flatMap((one) => (one.side === 'both' || one.side === side ? [one.entry] : []));
    const moved = kept('other').map((entry, at) => ({ ...entry, range: range(500 - at) }));
    const now = { ...world.desired, enrollments: moved };
    const { scope, unmatched } = policy === 'same' ? world.desired : other.desired;
    const before = { ...world.desired, scope, unmatched, protect, enrollments: together([...ofOther, ...kept('one')]) };
    const people = world.users.map(({ user: { login }, faces }) => person(login, faces, !outside.includes(login)));
    const all = ['amy', 'bob', 'cyd', 'dan'].map((login) => {
      return people.find(({ user }) => user.login === login) ?? person(login, []);
    });
    return { before, now, world, people: all };
  });

function planSince({ before, now, world, people }: History): Plan | undefined {
  const difference = differenceOf(before, now);
  if (difference.concerns === 'everybody') return undefined;
  const { desired, live } = touchedPart(now, readSome(difference.users.values(), people));
  return plan(desired, live, { settings: world.settings });
}

const planFully = (desired: DesiredState, { world, people }: History): Plan =>
  plan(desired, readFully(desired, people), { settings: world.settings });

const wishesOf = (who: Person, { enrollments, protect }: DesiredState, people: readonly Person[]): string => {
  const own = enrollments.filter(({ user }) => personBy(people, user) === who);
  const spelled = own.map(({ range: _, user, ...entry }) =>
    JSON.stringify({
      ...entry,
      user: user.key,
      replaceOn: 'replaceOn' in entry ? [...entry.replaceOn].toSorted() : [],
    }),
  );
  return JSON.stringify([spelled.toSorted(), protect.size]);
};

/** Whose entries differ, found without the code that is tested. */
function touchedIn({ before, now, people }: History): ReadonlySet<string> {
  const asked = people.filter((who) => {
    const [one, other] = [before, now].map((state) => wishesOf(who, { ...state, protect: new Map() }, people));
    return one !== other;
  });
  const names = [...before.protect.keys(), ...now.protect.keys()];
  const guarded = names.filter((key) => before.protect.has(key) !== now.protect.has(key));
  const newly = guarded.map((key) => personBy(people, userRef(key)));
  return new Set([...asked, ...newly].flatMap((who) => who?.user.uuid ?? []));
}

describe('a plan of what differs from another commit', { timeout: lawTimeout }, () => {
  it('has the changes of the full plan of those whose entries differ, whatever their names, and of nobody else', () => {
    fc.assert(
      fc.property(historyArb, (history) => {
        const since = planSince(history);
        fc.pre(since !== undefined);
        const touched = touchedIn(history);
        const whole = planFully(history.now, history);
        const expected = whole.changes.filter(({ user }) => touched.has(user.uuid));
        expect(since.changes).toEqual(expected);
        const keys = new Set(expected.map(({ key }) => key));
        expect(since.protected).toEqual(whole.protected.filter(({ key }) => keys.has(key)));
        expect(since.kept).toEqual(whole.kept.filter(({ user }) => touched.has(user.uuid)));
      }),
      { numRuns },
    );
  });

  it('has all changes of the full plan where the tenant was in sync with that commit', () => {
    fc.assert(
      fc.property(historyArb, (history) => {
        const people = settled(history);
        fc.pre(people !== undefined);
        const calm = { ...history, people };
        const since = planSince(calm);
        fc.pre(since !== undefined);
        expect(writes(since)).toEqual(writes(planFully(calm.now, calm)));
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });

  it('is refused a place where what decides about others differs: then everybody is read', () => {
    fc.assert(
      fc.property(historyArb, ({ before, now }) => {
        const isSame = before.scope.users === now.scope.users && before.unmatched === now.unmatched;
        const isSameRule =
          JSON.stringify([{ ...before.scope, range: 0 }]) === JSON.stringify([{ ...now.scope, range: 0 }]);
        const { concerns } = differenceOf(before, now);
        expect(concerns).toBe(isSame && isSameRule ? 'some' : 'everybody');
      }),
      { numRuns },
    );
  });
});

const writes = ({ changes }: Plan): readonly unknown[] => changes.filter(({ action }) => action !== 'no-op');

/** The people as they are when the earlier state was applied until nothing was left to do; undefined where it never ends. */
function settled(history: History): readonly Person[] | undefined {
  let { people } = history;
  for (let run = 0; run < 6; run += 1) {
    const { changes } = planFully(history.before, { ...history, people });
    if (changes.every(({ action }) => action === 'no-op')) return people;
    people = people.map((who) => ({ ...who, faces: facesAfter(who, changes, { history, run }) }));
  }
  return undefined;
}

function facesAfter(
  { user, faces }: Person,
  changes: Plan['changes'],
  { history, run }: { readonly history: History; readonly run: number },
): Person['faces'] {
  return changes.reduce<Person['faces']>((all, change, at) => {
    if (change.user.uuid !== user.uuid) return all;
    const id = 'face' in change ? change.face?.id : undefined;
    const rest = all.filter((face) => face.id !== id);
    switch (change.action) {
      case 'create':
      case 'replace':
        return [...rest, born(change.create, `${user.login}-new-${run}-${at}`, history.world.reading)];
      case 'delete':
        return rest;
      case 'update':
      case 'disable':
        return all.map((face) => (face.id === id ? { ...face, ...change.to } : face));
      case 'no-op':
        return all;
    }
  }, faces);
}
