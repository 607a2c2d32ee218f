import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../src/model/instant.ts';
import { takeStatus } from '../../src/engine/status.ts';
import type { Enrollment } from '../../src/model/enrollment.ts';
import { knownStatuses, type Face } from '../../src/model/face.ts';
import type { LiveState, LiveUser } from '../../src/model/live.ts';
import { faceOf, isWriting, type Change } from '../../src/model/plan.ts';
import { enrollmentStates, type Status } from '../../src/model/shown/status.ts';
import { compareText } from '../../src/model/values/order.ts';
import { lawRuns } from '../property-runs.ts';
import {
  absent,
  day,
  face,
  found,
  fromNow,
  liveOf,
  mobile,
  mobileFace,
  now,
  plan,
  present,
  token,
  tokenFace,
  web,
  webFace,
} from '../support/engine/world.ts';
import { worldArb } from '../support/engine/random-worlds.ts';

const within = 30 * day;
const byFace = (a: Change, b: Change): number => compareText(faceOf(a)?.id ?? '', faceOf(b)?.id ?? '');
const statusOf = (enrollments: readonly Enrollment[], live: LiveState): Status =>
  takeStatus({ enrollments, missingUsers: 'error', live, plan: undefined, now, within });

/** `key state [flow]` of each entry of user `amy`. */
function rows(enrollments: readonly Enrollment[], faces: readonly Face[]): readonly string[] {
  return statusOf(enrollments, liveOf({ amy: found('amy', faces) })).entries.map(({ key, state, flow = '?' }) =>
    [key, state, flow].join(' '),
  );
}
const stateOf = (one: Face, enrollment: Enrollment = present('amy', mobile())): string | undefined =>
  statusOf([enrollment], liveOf({ amy: found('amy', [one]) })).entries[0]?.state;

describe('a face', () => {
  it.each([
    ['ACTIVE', 'enrolled'],
    ['NEW', 'waiting'],
    ['ACTIVATING', 'waiting'],
    ['REVIEW', 'waiting'],
    ['SUSPENDED', 'waiting'],
    ['DISABLED', 'disabled'],
    ['EXPIRED', 'attention'],
    ['FAILED', 'attention'],
  ])('that is %s counts as %s', (status, state) => {
    expect(stateOf(mobileFace('a', { status }))).toBe(state);
  });

  it.each([
    ['has just passed', now, 'attention'],
    ['is near', fromNow(1), 'expiring'],
    ['is at the end of the time asked for', fromNow(within), 'expiring'],
    ['is later', fromNow(within + 1), 'enrolled'],
  ])('counts by its expiry, which %s', (_, expiry, state) => {
    expect(stateOf(mobileFace('a', { expiry }))).toBe(state);
  });

  it('without an expiry does not expire; one that is disabled does not either', () => {
    expect(stateOf({ id: 'a', status: 'ACTIVE', mobile: true })).toBe('enrolled');
    expect(stateOf(mobileFace('a', { status: 'DISABLED', expiry: fromNow(-1) }))).toBe('disabled');
  });

  it('that is of no use and not wanted needs no attention', () => {
    const failed = mobileFace('a', { status: 'FAILED' });
    expect(stateOf(failed, present('amy', mobile(), { enabled: false }))).toBe('disabled');
    expect(stateOf(failed, absent('amy'))).toBe('disabled');
    expect(stateOf(mobileFace('a'), present('amy', mobile(), { enabled: false }))).toBe('enrolled');
  });

  it.each<readonly [string, Partial<Face>, Instant]>([
    ['expired, since its expiry', { expiry: fromNow(-day) }, fromNow(-day)],
    ['failed, since it was created', { status: 'FAILED', expiry: fromNow(-day) }, fromNow(-10 * day)],
    ['expired before it was activated, since its expiry', { status: 'NEW', expiry: fromNow(-day) }, fromNow(-day)],
    ['expired at some time, since it was created', { status: 'EXPIRED' }, fromNow(-10 * day)],
    ['waiting, since it was created', { status: 'NEW' }, fromNow(-10 * day)],
  ])('is %s', (_, more, since) => {
    const { entries } = statusOf([present('amy', mobile())], liveOf({ amy: found('amy', [mobileFace('a', more)]) }));
    expect(entries[0]?.since).toBe(since);
  });

  it('is past the lifetime that its entry asks for needs attention since then, unless it has failed', () => {
    const entry = present('amy', mobile({ rule: 'lifetime', seconds: 9 * day }));
    const one = (more: Partial<Face>): unknown =>
      statusOf([entry], liveOf({ amy: found('amy', [mobileFace('a', more)]) })).entries[0];
    expect(one({})).toMatchObject({ state: 'attention', since: fromNow(-day) });
    expect(one({ status: 'NEW' })).toMatchObject({ state: 'attention', since: fromNow(-day) });
    expect(one({ status: 'FAILED' })).toMatchObject({ state: 'attention', since: fromNow(-10 * day) });
  });

  it('of an unknown age is told without', () => {
    const bare: Face = { id: 'a', status: 'EXPIRED', mobile: true };
    const { entries } = statusOf([], liveOf({}, { discovered: [found('amy', [bare])] }));
    expect(entries).toEqual([
      { key: 'amy/a', state: 'attention', user: 'amy', uuid: 'uuid-amy', face: bare, flow: 'mobile' },
    ]);
  });
});

describe('the files and the tenant together', () => {
  it('give one entry for each face and for each face that is missing', () => {
    const entries = [present('amy', mobile()), present('amy', web('x')), present('amy', token(), { enabled: false })];
    expect(rows(entries, [mobileFace('a'), mobileFace('b')])).toEqual([
      'amy/1-b enrolled mobile',
      'amy/mobile enrolled mobile',
      'amy/web missing web',
    ]);
  });

  it('tell the flow of an entry, and of other faces where it shows', () => {
    expect(rows([present('amy', token())], [webFace('a'), face('b', { status: 'NEW', mobile: false })])).toEqual([
      'amy/1-a enrolled web',
      'amy/token waiting token',
    ]);
    expect(rows([absent('amy', { flow: 'web' })], [webFace('a'), tokenFace('b', { status: 'NEW' })])).toEqual([
      'amy/1-a enrolled web',
      'amy/1-b waiting ?',
    ]);
  });

  it('place what an entry speaks of, and the faces that go with it', () => {
    const off = present('amy', mobile(), { enabled: false });
    const { entries } = statusOf(
      [off],
      liveOf({ amy: found('amy', [mobileFace('a'), mobileFace('b'), webFace('c')]) }),
    );
    const place = { file: 'users.yaml', line: 7, column: 5 };
    expect(entries.map(({ key, place: at }) => [key, at])).toEqual([
      ['amy/1-b', place],
      ['amy/1-c', undefined],
      ['amy/mobile', place],
    ]);
  });

  it('count a user who is not there, one who could not be read, and those of the scope', () => {
    const reason = { code: 'forbidden', message: '403' } as const;
    const gone: LiveUser = { presence: 'absent' };
    const unknown: LiveUser = { presence: 'unknown', reason };
    const enrollments = [
      present('bob', mobile()),
      present('bob', web(), { enabled: false }),
      absent('cyd'),
      present('dan', mobile()),
      present('dan', web()),
    ];
    const live = liveOf(
      { bob: gone, cyd: gone, dan: unknown },
      { discovered: [found('eve', [mobileFace('e')]), { ...unknown, user: { uuid: 'f', login: 'Fay' } }] },
    );
    const status = statusOf(enrollments, live);
    expect(status.entries.map(({ key, state, reason: why }) => [key, state, why])).toEqual([
      ['bob/mobile', 'missing', 'the tenant has no such user'],
      ['dan', 'unknown', 'forbidden: 403'],
      ['dan', 'unknown', 'forbidden: 403'],
      ['eve/1-e', 'enrolled', undefined],
      ['fay', 'unknown', 'forbidden: 403'],
    ]);
    expect(status).toMatchObject({ users: 5, complete: false });
    expect(status.totals).toMatchObject({ missing: 1, unknown: 3, enrolled: 1 });
  });

  it('are complete only where the scope was listed to its end', () => {
    expect(statusOf([], liveOf({})).complete).toBe(true);
    const discoveryFailure = { code: 'timeout', message: '' } as const;
    expect(statusOf([], liveOf({}, { discoveryFailure })).complete).toBe(false);
  });
});

describe('the totals', () => {
  const facesArb = fc.array(
    fc.record({
      status: fc.constantFrom(...knownStatuses, 'SUSPENDED'),
      days: fc.integer({ min: -60, max: 60 }),
      flow: fc.constantFrom(mobileFace, tokenFace, face),
    }),
    { maxLength: 5 },
  );
  const entriesArb = fc
    .subarray([mobile(), web('x'), token()])
    .chain((wanted) =>
      fc
        .array(fc.boolean(), { minLength: 3, maxLength: 3 })
        .map((on) => wanted.map((one, at) => present('amy', one, { enabled: on[at] ?? true }))),
    );

  it('add up to the entries, in which each face comes once', () => {
    fc.assert(
      fc.property(facesArb, facesArb, entriesArb, (mine, others, enrollments) => {
        const faces = (list: typeof mine, name: string): readonly Face[] =>
          list.map(({ status, days, flow }, at) => flow(`${name}${at}`, { status, expiry: fromNow(days * day) }));
        const [his, hers] = [faces(mine, 'a'), faces(others, 'b')];
        const live = liveOf({ amy: found('amy', his) }, { discovered: [found('amy', his), found('bob', hers)] });
        const { entries, totals } = statusOf(enrollments, live);
        const shown = entries.flatMap((entry) => entry.face?.id ?? []);
        const expected = [...his, ...hers].map(({ id }) => id);
        expect(shown.toSorted()).toEqual(expected.toSorted());
        expect(enrollmentStates.reduce((sum, state) => sum + totals[state], 0)).toBe(entries.length);
      }),
      { numRuns: lawRuns },
    );
  });
});

it('a face differs from its entry exactly where a plan would change it for that entry', () => {
  fc.assert(
    fc.property(worldArb, ({ desired, live }) => {
      const { enrollments } = desired;
      const made = plan(desired, live);
      const { entries } = takeStatus({ enrollments, missingUsers: 'error', live, plan: made, now, within });
      const asked = made.changes.filter((change) => faceOf(change) !== undefined && isWriting(change) && change.place);
      expect(entries.flatMap(({ change }) => change ?? []).toSorted(byFace)).toEqual(asked.toSorted(byFace));
      expect(entries.every(({ change, face }) => change === undefined || faceOf(change)?.id === face?.id)).toBe(true);
    }),
    { numRuns: lawRuns },
  );
});
