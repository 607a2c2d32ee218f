import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Enrollment, MissingUsers } from '../../../src/model/enrollment.ts';
import { countMissing } from '../../../src/model/summary.ts';
import { lawRuns } from '../../property-runs.ts';
import { worldArb } from '../../support/engine/random-worlds.ts';
import { absent, desire, liveOf, mobile, plan, present, range, token } from '../../support/engine/world.ts';

const missing = { presence: 'absent' } as const;
const live = liveOf({ ghost: missing, wraith: missing });
const with_ = (entry: Enrollment, missingUsers: MissingUsers): Enrollment => ({ ...entry, missingUsers });
const handled = (entries: readonly Enrollment[], missingUsers: MissingUsers): readonly string[] => {
  const made = plan(desire(entries), live, { missingUsers });
  return [
    ...made.diagnostics.map(({ code, severity }) => `${severity} ${code}`),
    ...made.missing.map(({ key, handling }) => `${handling} ${key}`),
  ];
};

describe('an entry whose user the tenant does not have', () => {
  const entries = [present('ghost', token()), present('ghost', mobile())];

  it('is an error, waits or is ignored, as the files say', () => {
    expect(handled(entries, 'error')).toEqual(['error USER_NOT_FOUND', 'error USER_NOT_FOUND']);
    expect(handled(entries, 'wait')).toEqual(['wait ghost/mobile', 'wait ghost/token']);
    expect(handled(entries, 'ignore')).toEqual(['ignore ghost/mobile', 'ignore ghost/token']);
  });

  it('is handled as the entry itself says, where it does', () => {
    const own = [with_(present('ghost', mobile()), 'wait'), with_(present('wraith', mobile()), 'error')];
    expect(handled(own, 'error')).toEqual(['error USER_NOT_FOUND', 'wait ghost/mobile']);
    expect(handled(own, 'ignore')).toEqual(['error USER_NOT_FOUND', 'wait ghost/mobile']);
  });

  it('does not wait where it wants no face in use', () => {
    const content = [absent('ghost'), present('wraith', mobile(), { enabled: false })];
    expect(handled(content, 'wait')).toEqual(['ignore ghost', 'ignore wraith/mobile']);
    expect(handled(content, 'error')).toEqual(['error USER_NOT_FOUND', 'error USER_NOT_FOUND']);
  });

  it('is listed with user, key and place, and leaves the plan complete', () => {
    const made = plan(desire([present('Ghost', mobile(), { range: range(4) })]), live, { missingUsers: 'wait' });
    expect(made).toMatchObject({ complete: true, users: 0, changes: [], diagnostics: [] });
    const place = { file: 'users.yaml', line: 4, column: 5 };
    expect(made.missing).toEqual([{ user: 'ghost', key: 'ghost/mobile', handling: 'wait', place }]);
  });
});

it('a missing user is counted once, and as waiting where any of the entries waits', () => {
  const entries = [present('ghost', mobile()), absent('ghost', { flow: 'web' }), absent('wraith')];
  const made = plan(desire(entries), live, { missingUsers: 'wait' });
  expect(countMissing(made.missing)).toEqual({ wait: 1, ignore: 1 });
});

it('missing users change nothing of what is planned for others, whatever is made of them', () => {
  const arb = fc.record({
    world: worldArb,
    gone: fc.subarray(['amy', 'bob', 'cyd', 'dan']),
    rule: fc.constantFrom<MissingUsers>('error', 'wait', 'ignore'),
    own: fc.constantFrom<MissingUsers | undefined>('error', 'wait', 'ignore', undefined),
  });
  fc.assert(
    fc.property(arb, ({ world: { desired, live: there }, gone, rule, own }) => {
      const isGone = (key: string): boolean => gone.includes(key);
      const listed = new Map([...there.listed].map(([key, user]) => [key, isGone(key) ? missing : user]));
      const discovered = there.discovered.filter((user) => user.presence !== 'present' || !isGone(user.user.login));
      const enrollments = desired.enrollments.map((entry) => ({ ...entry, missingUsers: own }));
      const left = enrollments.filter(({ user }) => !isGone(user.key));
      const all = plan({ ...desired, enrollments }, { ...there, listed, discovered }, { missingUsers: rule });
      const others = plan({ ...desired, enrollments: left }, { ...there, listed, discovered });
      expect(all.changes).toEqual(others.changes);
      expect(all.kept).toEqual(others.kept);
      expect(all.budgets).toEqual(others.budgets);
      expect(all.complete).toBe(others.complete);
      const errors = all.diagnostics.filter(({ code }) => code === 'USER_NOT_FOUND').length;
      expect(errors + all.missing.length).toBe(enrollments.length - left.length);
    }),
    { numRuns: lawRuns },
  );
});
