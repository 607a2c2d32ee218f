import { readingsOf, usersToRead } from '../../engine/index.ts';
import type { DesiredState } from '../../model/enrollment.ts';
import type { Discovered, LiveState, LiveUser } from '../../model/live.ts';
import type { OnProgress, ReadRequest, TenantReader } from '../../model/tenant.ts';

interface Wanted extends Pick<ReadRequest, 'reach' | 'shard'> {
  readonly desired: DesiredState;
  /** The only owner that is planned; missing for all. */
  readonly owner?: string | undefined;
}

/** Reads all users that a plan of the files needs: in one reading, or one for each owner that has a scope. */
export async function readUsers(
  tenant: Pick<TenantReader, 'readLive'>,
  { desired, owner, reach, shard }: Wanted,
  onProgress: OnProgress,
): Promise<LiveState> {
  if (desired.owners === undefined) {
    return tenant.readLive({ users: usersToRead(desired), scope: desired.scope, reach, shard, onProgress });
  }
  const listed = new Map<string, LiveUser>();
  const byOwner = new Map<string, Discovered>();
  let read: LiveState | undefined;
  const progress = { done: 0, total: 0 };
  for (const { users, scope, faces, part } of readingsOf(desired, owner)) {
    const before = { ...progress };
    const live = await tenant.readLive({
      users,
      scope,
      faces,
      reach: part === undefined ? 'users' : reach,
      shard,
      onProgress: (done, total) => {
        progress.done = before.done + done;
        progress.total = before.total + total;
        onProgress(progress.done, progress.total);
      },
    });
    for (const [key, user] of live.listed) listed.set(key, user);
    if (part !== undefined) byOwner.set(part, { users: live.discovered, failure: live.discoveryFailure });
    read ??= live;
  }
  read ??= await tenant.readLive({ users: [], scope: { users: 'listed' }, reach: 'users', onProgress });
  return { ...read, listed, byOwner, ...everybody(byOwner) };
}

/** Each user once, and the first failure, for those who look at no owner. */
function everybody(byOwner: ReadonlyMap<string, Discovered>): Pick<LiveState, 'discovered' | 'discoveryFailure'> {
  const all = [...byOwner.values()];
  const users = new Map<unknown, LiveUser>();
  for (const found of all.flatMap((one) => one.users)) {
    if (found.presence !== 'absent' && found.presence !== 'elsewhere') users.set(found.user?.uuid ?? found, found);
  }
  return {
    discovered: [...users.values()],
    discoveryFailure: all.find(({ failure }) => failure !== undefined)?.failure,
  };
}
