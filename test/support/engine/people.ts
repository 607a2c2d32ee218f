import { userRef } from '../../../src/engine/plan/user-ref.ts';
import type { DesiredState, UserRef } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import type { LiveState, LiveUser } from '../../../src/model/live.ts';
import type { KnownByNames, TouchedState, TouchedUser } from '../../../src/model/shown/touched.ts';
import { nameFor } from './named-worlds.ts';
import { liveOf } from './world.ts';

/** Somebody whom the tenant has. */
export interface Person {
  readonly user: KnownByNames;
  readonly faces: readonly Face[];
  readonly inScope: boolean;
}

export function person(login: string, faces: readonly Face[], inScope = true): Person {
  const user = { uuid: `uuid-${login}`, login, aliases: [nameFor(login, 'alias')], externalId: `E-${login}` };
  return { user, faces, inScope };
}

function isNamed({ user: { uuid, login, aliases, externalId } }: Person, { by, value }: UserRef): boolean {
  const names = by === 'login' ? [login, ...aliases] : [by === 'uuid' ? uuid : (externalId ?? '')];
  return names.some((name) => name.toLowerCase() === value.toLowerCase());
}

export function personBy(people: readonly Person[], ref: UserRef): Person | undefined {
  return people.find((one) => isNamed(one, ref));
}

/** As a reading of everybody whom the files concern has it. */
export function readFully(desired: DesiredState, people: readonly Person[]): LiveState {
  const live = ({ user: { uuid, login }, faces, inScope }: Person): LiveUser => ({
    presence: 'present',
    user: { uuid, login },
    faces,
    inScope: inScope || desired.scope.users !== 'group',
  });
  const refs = [...desired.enrollments.map(({ user }) => user), ...[...desired.protect.keys()].map(userRef)];
  const listed = refs.map((ref) => {
    const found = personBy(people, ref);
    return [ref.key, found === undefined ? ({ presence: 'absent' } as const) : live(found)] as const;
  });
  const broughtIn = people.map(live).filter((user) => user.presence === 'present' && user.inScope);
  return liveOf(Object.fromEntries(listed), { discovered: desired.scope.users === 'listed' ? [] : broughtIn });
}

/** As a reading of some names has it. */
export function readSome(refs: Iterable<UserRef>, people: readonly Person[]): TouchedState {
  const read = (ref: UserRef): TouchedUser => {
    const found = personBy(people, ref);
    if (found === undefined) return { presence: 'absent' };
    const { user, faces, inScope } = found;
    return { presence: 'present', user, faces, scopes: new Set(inScope ? [''] : []) };
  };
  return { users: new Map([...refs].map((ref) => [ref.key, read(ref)])), maxFacesPerUser: 5 };
}
