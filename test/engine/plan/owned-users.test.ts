import { describe, expect, it } from 'vitest';
import { mergePlans } from '../../../src/engine/plan/merge.ts';
import { partsForUser } from '../../../src/engine/explain-part.ts';
import { withoutUnread } from '../../../src/engine/match/face-settings.ts';
import type { LiveState, LiveUser } from '../../../src/model/live.ts';
import { isInShard, type Shard } from '../../../src/model/shard.ts';
import { files, group, live, of, owner } from '../../support/engine/owned.ts';
import { absent, found, liveOf, mobile, mobileFace, plan, present, protecting } from '../../support/engine/world.ts';

const amy = found('amy', [mobileFace('f1')]);
const ben = found('ben', [mobileFace('f2')]);
const unread: LiveUser = { presence: 'unknown', reason: { code: 'timeout', message: 'late' } };
const gone: LiveUser = { presence: 'absent' };
const two = [owner('a', { scope: group(2) }), owner('b', { scope: group(3) })];
const summaries = ({ diagnostics }: ReturnType<typeof plan>): readonly string[] =>
  diagnostics.map(({ summary }) => summary);

describe('users of owners', () => {
  it('are planned where no owner has a scope, and nothing was read by one', () => {
    const made = plan(files([owner('a')], [of('a', absent('amy'))]), liveOf({ amy }));
    expect([made.complete, made.changes.map(({ action }) => action)]).toEqual([true, ['delete']]);
  });

  it('are planned beside those of two owners, who are not, and those who could not be read', () => {
    const entries = [of('a', absent('amy')), of('b', absent('amelia')), of('a', absent('ben')), of('b', absent('who'))];
    const waiting = [owner('a', { missingUsers: 'wait' }), owner('b', { missingUsers: 'wait' })];
    const state = live({ amy, amelia: amy, ben, who: unread, left: gone });
    const made = plan(files(waiting, [...entries, of('a', absent('left'))]), state);
    expect(made.changes.map(({ key }) => key)).toEqual(['ben/1-f2']);
    expect(made.unknown).toMatchObject([{ key: 'who' }]);
  });

  it('are told by one login where one alone is in two scopes, and by the files without an owner', () => {
    const inScopes = plan(files(two, []), live({}, { a: [amy], b: [amy, ben, unread] }));
    expect(summaries(inScopes)).toContain('user "amy" in two scopes');
    const listed = plan(files([owner('b')], [absent('amy'), of('b', absent('amelia'))]), live({ amy, amelia: amy }));
    expect(summaries(listed)).toEqual(['user "amelia" is listed by files without an owner and by owner "b"']);
  });

  it('are in no two scopes where one of these lists its users', () => {
    const made = plan(files([owner('a'), owner('b', { scope: group(3) })], []), live({}, { a: [amy], b: [amy] }));
    expect(summaries(made)).toEqual([]);
  });

  it('are a warning where they are protected and not there, if every owner lets users wait', () => {
    const handled = (missingUsers: 'wait' | 'error'): unknown => {
      const owners = [owner('a', { missingUsers: 'wait' }), owner('b', { missingUsers })];
      const made = plan(files(owners, [], { protect: protecting('new') }), live({ new: gone }), {
        missingUsers: undefined,
      });
      return made.diagnostics.map(({ severity }) => severity);
    };
    expect([handled('wait'), handled('error')]).toEqual([['warning'], ['error']]);
  });

  it('are unknown where their settings could not be read, whichever scope brings them in', () => {
    const reason = { code: 'timeout', message: 'late' } as const;
    const settings = new Map([['uuid-amy', { settings: 'unknown', reason } as const]]);
    const state = withoutUnread(live({}, { a: [amy, ben] }), settings);
    expect(state.byOwner?.get('a')?.users.map(({ presence }) => presence)).toEqual(['unknown', 'present']);
  });

  it('are looked for first in the part that names them', () => {
    const desired = files(two, [of('b', present('amy', mobile()))]);
    const key = { by: 'login', value: 'amy', key: 'amy' } as const;
    expect(partsForUser(desired, key).map(({ enrollments }) => enrollments.length)).toEqual([1, 0]);
    expect(partsForUser({ ...desired, owners: undefined }, key)).toHaveLength(1);
  });
});

it('the plans of all shards have together the budgets of each owner', () => {
  const desired = files([owner('a'), owner('b')], [of('a', absent('amy')), of('b', absent('ben'))]);
  const cut = (state: LiveState, shard: Shard): LiveState => {
    const listed = [...state.listed].map(([key, user]): readonly [string, LiveUser] => {
      const isMine = user.presence !== 'present' || isInShard(user.user.uuid, shard);
      return [key, isMine ? user : { presence: 'elsewhere', user: user.user }];
    });
    return { ...state, listed: new Map(listed) };
  };
  const state = live({ amy, ben });
  const shards = [1, 2].map((index) => ({ index, count: 2 }));
  const [one, other] = shards.map((shard) => ({
    plan: plan(desired, cut(state, shard), { shard }),
    acknowledged: {},
  }));
  if (one === undefined || other === undefined) throw new Error('there are two shards');
  const used = ({ owners }: ReturnType<typeof plan>): unknown =>
    owners?.map(({ name, budgets }) => [name, budgets.map((use) => [use.budget, use.used])]);
  const merged = mergePlans([one, other]);
  expect(merged.state === 'merged' && used(merged.plan)).toEqual(used(plan(desired, state)));
});
