import type { DesiredState, Enrollment } from '../../model/enrollment.ts';
import type { Discovered, LiveState, LiveUser } from '../../model/live.ts';

interface Planned {
  readonly desired: DesiredState;
  readonly live: LiveState;
}

/** Leaves users out of a plan, under all of their names: those whom one of the entries names. */
export function withoutUsers({ desired, live }: Planned, isLeftOut: (entry: Enrollment) => boolean): Planned {
  const uuids = new Set(
    desired.enrollments.filter(isLeftOut).flatMap(({ user }) => {
      const found = live.listed.get(user.key);
      return found === undefined || found.presence === 'absent' ? [] : (found.user?.uuid ?? []);
    }),
  );
  const enrollments = desired.enrollments.filter((entry) => !isLeftOut(entry));
  const left = (found: LiveUser): LiveUser => {
    if (found.presence === 'absent' || found.user === undefined || !uuids.has(found.user.uuid)) return found;
    return { presence: 'elsewhere', user: found.user };
  };
  const leftIn = ({ users, failure }: Discovered): Discovered => ({ users: users.map(left), failure });
  return {
    desired: { ...desired, enrollments },
    live: {
      ...live,
      listed: new Map([...live.listed].map(([key, found]) => [key, left(found)])),
      discovered: live.discovered.map(left),
      byOwner: live.byOwner && new Map([...live.byOwner].map(([name, found]) => [name, leftIn(found)])),
    },
  };
}
