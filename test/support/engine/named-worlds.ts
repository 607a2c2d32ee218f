import fc from 'fast-check';
import { userRef } from '../../../src/engine/plan/user-ref.ts';
import type { Enrollment } from '../../../src/model/enrollment.ts';
import type { FaceSettings, LiveUser } from '../../../src/model/live.ts';
import type { Profile } from '../../../src/model/shown/profile.ts';
import { worldArb, type World } from './random-worlds.ts';
import { found, fromNow, protecting } from './world.ts';

const logins = ['amy', 'bob', 'cyd', 'dan'] as const;

export const namings = ['login', 'LOGIN', 'alias', 'uuid', 'externalId'] as const;
type Way = (typeof namings)[number];

export const nameFor = (login: string, way: Way): string => {
  switch (way) {
    case 'login':
      return login;
    case 'LOGIN':
      return login.toUpperCase();
    case 'alias':
      return `Alias-${login}`;
    case 'uuid':
      return `uuid:uuid-${login}`;
    case 'externalId':
      return `externalId:E-${login}`;
  }
};

/** The entry as it would be if its file used another of the user's names. */
function named(entry: Enrollment, way: Way): Enrollment {
  const user = userRef(nameFor(entry.user.value, way));
  return { ...entry, user, key: entry.key.replace(entry.user.key, user.key) };
}

export interface NamedWorld extends World {
  readonly settings: ReadonlyMap<string, FaceSettings>;
  readonly users: readonly Extract<LiveUser, { readonly presence: 'present' }>[];
}

const settingsArb: fc.Arbitrary<FaceSettings> = fc.constantFrom<FaceSettings>(
  { settings: 'read', lifetimeDays: 180 },
  { settings: 'read', lifetimeDays: 400 },
  { settings: 'unknown', reason: { code: 'timeout', message: 'late' } },
);

/** The entry with the tenant's own expiry, where it is a present one. */
function byPolicy(entry: Enrollment): Enrollment {
  return entry.state === 'absent' ? entry : { ...entry, face: { ...entry.face, expiry: { rule: 'policy' } } };
}

/** Worlds in which entries and `protect` use any name of a user, and some users are outside the scope's group. */
export const namedWorldArb: fc.Arbitrary<NamedWorld> = worldArb.chain(({ desired, live, reading }) =>
  fc
    .record({
      ways: fc.array(fc.constantFrom(...namings), { minLength: desired.enrollments.length, maxLength: 20 }),
      policies: fc.array(fc.boolean(), { minLength: desired.enrollments.length, maxLength: 20 }),
      settings: fc.tuple(settingsArb, settingsArb, settingsArb, settingsArb),
      outside: fc.subarray([...logins]),
      guarded: fc.subarray(logins.flatMap((login) => namings.map((way) => nameFor(login, way)))),
    })
    .map(({ ways, policies, settings, outside, guarded }) => {
      const outsiders = new Set<string>(outside);
      const isInside = (login: string): boolean => desired.scope.users !== 'group' || !outsiders.has(login);
      const users = [...live.listed.values(), ...live.discovered].flatMap((user) =>
        user.presence === 'present' ? [{ ...user, inScope: isInside(user.user.login) }] : [],
      );
      const byLogin = new Map(users.map((user) => [user.user.login, user]));
      const enrollments = desired.enrollments.map((entry, at) =>
        named(policies[at] === true ? byPolicy(entry) : entry, ways[at] ?? 'login'),
      );
      const protect = protecting(...guarded.map((name) => userRef(name).key));
      const loginOf = (key: string): string => key.replace(/^(?:uuid:uuid-|externalId:e-|alias-)/i, '').toLowerCase();
      const keys = [...enrollments.map(({ user }) => user.key), ...protect.keys()];
      const listed = keys.map((key) => [key, byLogin.get(loginOf(key)) ?? found(loginOf(key), [])] as const);
      return {
        reading,
        desired: { ...desired, enrollments, protect },
        live: {
          ...live,
          listed: new Map(listed),
          discovered: live.discovered.filter((user) => user.presence === 'present' && isInside(user.user.login)),
        },
        settings: new Map(settings.map((one, at) => [`uuid-${logins[at] ?? ''}`, one])),
        users: [...byLogin.values()],
      };
    }),
);

/** What a tenant says of a user who goes by all of the names above. */
export function profileOf(
  user: LiveUser,
  more: Pick<Profile, 'settingsFailure'> & { readonly settings?: FaceSettings | undefined } = {},
): Profile {
  const { settings = { settings: 'read', lifetimeDays: 180 }, ...limits } = more;
  if (user.presence !== 'present') throw new Error('a profile of nobody');
  const { uuid, login } = user.user;
  return {
    presence: 'present',
    user: { uuid, login, aliases: [`alias-${login}`], externalId: `E-${login}`, groups: [] },
    inScope: user.inScope,
    faces: user.faces.map((face) => ({ ...face, lastUsed: fromNow(-5) })),
    settings,
    maxFacesPerUser: 5,
    ...limits,
  };
}
