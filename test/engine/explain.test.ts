import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/engine/explain.ts';
import { usersWithPolicy, withoutUnread, withPolicies } from '../../src/engine/match/face-settings.ts';
import { userRef } from '../../src/engine/plan/user-ref.ts';
import type { DesiredState, Enrollment } from '../../src/model/enrollment.ts';
import type { Explanation } from '../../src/model/shown/explanation.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Profile } from '../../src/model/shown/profile.ts';
import { lawRuns } from '../property-runs.ts';
import { namedWorldArb, type NamedWorld, nameFor, namings, profileOf } from '../support/engine/named-worlds.ts';
import {
  absent,
  desire,
  found,
  inScopeOf,
  liveOf,
  mobile,
  mobileFace,
  now,
  plan,
  present,
} from '../support/engine/world.ts';

function explained(desired: DesiredState, profile: Profile, name = 'amy'): Explanation {
  return explain({ asked: userRef(name), desired, profile, warnings: [], now });
}

/** The plan of everybody, made as `plan --settings all` makes it. */
function wholePlan({ desired, live, settings }: NamedWorld): Plan {
  const needed = new Map(usersWithPolicy(desired, live).map((uuid) => [uuid, settings.get(uuid) ?? unread] as const));
  return withPolicies(plan(desired, withoutUnread(live, needed), { settings: needed }), settings);
}

const unread = { settings: 'unknown', reason: { code: 'timeout', message: 'late' } } as const;

/** What a plan of everybody says of one user. */
function partOf(whole: Plan, uuid: string): Pick<Plan, 'changes' | 'kept' | 'protected'> {
  const changes = whole.changes.filter(({ user }) => user.uuid === uuid);
  const isMine = (key: string): boolean => changes.some((change) => change.key === key);
  return {
    changes,
    kept: whole.kept.filter(({ user }) => user.uuid === uuid),
    protected: whole.protected.filter(({ key }) => isMine(key)),
  };
}

describe('an explanation', () => {
  it('has the changes of the whole plan for each user, to the last byte', () => {
    fc.assert(
      fc.property(namedWorldArb, fc.constantFrom(...namings), (world, way) => {
        const { desired, users } = world;
        const whole = wholePlan(world);
        for (const user of users) {
          const { verdicts, guards, diagnostics } = explained(
            desired,
            profileOf(user, { settings: world.settings.get(user.user.uuid) }),
            nameFor(user.user.login, way),
          );
          const mine = partOf(whole, user.user.uuid);
          expect(verdicts.flatMap(({ change }) => change ?? [])).toEqual(mine.changes);
          const left = verdicts.filter(({ change }) => change === undefined);
          expect(left.map(({ key, face }) => [key, face?.id])).toEqual(
            mine.kept.map(({ key, face }) => [key, face.id]),
          );
          expect(guards.protected).toEqual(mine.protected);
          for (const diagnostic of diagnostics) expect(whole.diagnostics).toContainEqual(diagnostic);
        }
      }),
      { numRuns: lawRuns },
    );
  });

  it('accounts for each face of a user within the scope once', () => {
    fc.assert(
      fc.property(namedWorldArb, ({ desired, users, settings }) => {
        for (const user of users) {
          const { verdicts, ownership, undecided } = explained(
            desired,
            profileOf(user, { settings: settings.get(user.user.uuid) }),
            user.user.login,
          );
          const ids = verdicts.flatMap(({ face }) => face?.id ?? []);
          const isReached = undecided === undefined && (ownership === 'entries' || ownership === 'scope');
          expect(ids.toSorted()).toEqual(isReached ? user.faces.map(({ id }) => id).toSorted() : []);
        }
      }),
      { numRuns: lawRuns },
    );
  });

  it('names the step for a claimed face alone, and the entry for each that asks', () => {
    fc.assert(
      fc.property(namedWorldArb, ({ desired, users, settings }) => {
        for (const user of users) {
          const profile = profileOf(user, { settings: settings.get(user.user.uuid) });
          for (const { step, entry, face, desired: wish, change } of explained(desired, profile, user.user.login)
            .verdicts) {
            const isPresent = wish === 'enabled' || wish === 'not-enabled';
            if (step !== undefined) expect(isPresent && face !== undefined).toBe(true);
            if (wish === 'enabled') expect(step === undefined).toBe(face === undefined);
            expect(entry === undefined).toBe(change?.place === undefined);
            const isSecond = change?.reason === 'no_op_because_duplicate';
            expect(entry === undefined || isSecond).toBe(wish === 'unmatched' || wish === 'not-in-configuration');
          }
        }
      }),
      { numRuns: lawRuns },
    );
  });
});

describe('who the files reach', () => {
  const faces = [mobileFace('a')];
  const scoped = (...entries: readonly Enrollment[]): DesiredState =>
    desire(entries, { scope: inScopeOf('group', 'delete') });
  it.each([
    ['entries', desire([present('amy', mobile())]), true],
    ['entries', scoped(present('amy', mobile())), true],
    ['outside', scoped(present('amy', mobile())), false],
    ['scope', scoped(present('bob', mobile())), true],
    ['nobody', scoped(present('bob', mobile())), false],
    ['nobody', desire([present('bob', mobile())]), true],
  ] as const)('is %s', (ownership, desired, inScope) => {
    expect(explained(desired, profileOf(found('amy', faces, inScope))).ownership).toBe(ownership);
  });

  it.each([
    [{ presence: 'absent' }],
    [{ presence: 'unknown', reason: { code: 'timeout', message: 'late' } }],
    [
      {
        presence: 'unknown',
        reason: { code: 'timeout', message: 'late' },
        user: { uuid: 'u', login: 'amy', aliases: [], groups: [] },
      },
    ],
  ] as const)('is unknown, and no change is planned, for %j', (reading) => {
    const desired = desire([present('AMY', mobile()), absent('bob')], { scope: inScopeOf('tenant', 'delete') });
    const { ownership, verdicts, entries } = explained(desired, { ...reading, maxFacesPerUser: 5 });
    expect({ ownership, verdicts }).toEqual({ ownership: 'unknown', verdicts: [] });
    expect(entries.map(({ entry, by }) => `${entry.user.value} ${by}`)).toEqual(['AMY login']);
  });
});

describe('settings that could not be read', () => {
  const faces = [mobileFace('a')];
  it('leave undecided whom an entry gives the expiry of the policy, and nobody else', () => {
    const policy = desire([present('amy', mobile({ rule: 'policy' }))]);
    const profile = profileOf(found('amy', faces), { settings: unread });
    expect(explained(policy, profile)).toMatchObject({ undecided: unread.reason, verdicts: [] });
    const own = explained(desire([present('amy', mobile())]), profile);
    expect(own.verdicts).toHaveLength(1);
    expect(own.undecided).toBeUndefined();
  });
});

describe('the budgets', () => {
  const removed = Array.from({ length: 6 }, (_, at) => mobileFace(`${at}`));
  const verdicts = (limits: Partial<DesiredState['budgets']>, faces = removed): unknown => {
    const { budgets } = desire([]);
    const desired = desire([absent('amy')], { budgets: { ...budgets, ...limits } });
    return explained(desired, profileOf(found('amy', faces))).guards.budgets.map(
      ({ budget, used, limit, verdict }) => `${budget} ${used}/${limit} ${verdict}`,
    );
  };
  it('count what this user spends; a share depends on the faces of everybody', () => {
    const rest = ['disable 0/20 within', 'shorten 0/20 within', 'email 0/100 within'];
    expect(verdicts({})).toEqual(['delete 6/5 over', ...rest]);
    expect(verdicts({ delete: { unit: 'count', value: 6 } })).toEqual(['delete 6/6 within', ...rest]);
    const share = { unit: 'share', value: 0.1 } as const;
    expect(verdicts({ delete: share })).toEqual(['delete 6/10% depends', ...rest]);
    expect(verdicts({ delete: share }, [])).toEqual(['delete 0/10% within', ...rest]);
    expect(verdicts({ update: share }, [])).toContain('update 0/10% within');
  });
});

describe('warnings of the files', () => {
  it('are kept where they are about the entries of the user', () => {
    const mine = present('amy', mobile());
    const { range } = mine;
    const warn = (summary: string, at?: Enrollment['range']) =>
      ({
        severity: 'warning',
        code: 'NOBODY_TOLD',
        summary,
        detail: '',
        ...(at === undefined ? {} : { range: at }),
      }) as const;
    const warnings = [
      warn('mine', range),
      warn('other file', { ...range, filename: 'b.yaml' }),
      warn('before', { ...range, start: { ...range.start, byte: range.start.byte - 1 } }),
      warn('after', { ...range, end: { ...range.end, byte: range.end.byte + 1 } }),
      warn('no place'),
    ];
    const profile = profileOf(found('amy', []), {
      settingsFailure: { code: 'timeout', message: 'late' },
    });
    const { diagnostics } = explain({ asked: userRef('amy'), desired: desire([mine]), profile, warnings, now });
    expect(diagnostics.map(({ code, summary }) => `${code} ${summary}`)).toEqual([
      'NOBODY_TOLD mine',
      "SETTINGS_NOT_READ the tenant's settings could not be read: late",
    ]);
  });
});

describe('a face whose status is not known', () => {
  it('shows it as it came', () => {
    const { verdicts } = explained(
      desire([present('amy', mobile())]),
      profileOf(found('amy', [mobileFace('a', { status: 'ODD' })])),
    );
    expect(verdicts).toMatchObject([{ live: 'ODD', change: { reason: 'no_op_because_waiting' } }]);
    expect(plan(desire([]), liveOf({})).changes).toEqual([]);
  });
});
