import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/model/plan.ts';
import { planJson, planMarkdown, planText } from '../../src/report/index.ts';
import { diagnostic, noOps, planOf, view, writingChanges } from './samples.ts';

const { create, token, update, shorten, disable, replace, remove } = writingChanges();
const { waiting, settled, duplicate } = noOps();

function bodyOf(...changes: readonly Change[]): string {
  return planText(planOf({ changes }), view).split('\n\n').slice(1, -1).join('\n\n');
}

describe('a plan with changes', () => {
  it('is a header, a legend of the signs used, one block a change and the summary', () => {
    const plan = planOf({
      changes: [update, create],
      inputs: [1, 2, 3].map((number) => ({ file: `${number}.yaml`, sha256: '' })),
      summary: { create: 1, update: 1, emails: 1 },
    });
    expect(planText(plan, view)).toBe(`\
faceform 0.1.0 plan - tenant acme.us.trustedauth.com - 3 files, 1 user

  ~ update   + create

  # alice/u       face 19196-24946  will be updated  enroll/a.yaml:11:5
  # (its expiry is not the one the entry asks for)
  ~ expiry         = 2026-09-01T00:00:00Z -> 2027-08-23T00:00:00Z
    # (6 unchanged members hidden)

  # alice/mobile  new face          will be created  enroll/a.yaml:3:5
  # (the user has no such face; 1 of 5 faces in use)
  # 10="ten", 9="nine", ticket="no more room"
  + flow           = "mobile"
  + id             = (known after apply)
  + expiry         = (known after apply)  # by the tenant's own policy
  + activation     = email + qrCode  (write-only)  # sends 1 activation e-mail
    # (8 further members hidden)

Plan: 1 to create, 1 to update, 0 to disable, 0 to replace, 0 to delete. 1 activation e-mail to send.
`);
  });

  it('says where a token will be read from, and neither shows nor holds it', () => {
    expect(bodyOf(token)).toBe(`\
  + create

  # alice/token  new face  will be created  enroll/a.yaml:7:5
  # (the user has no such face; 1 of 5 faces in use)
  + flow           = "token"
  + id             = (known after apply)
  + expiry         = 2026-09-22T00:00:00Z  # set once the face is ACTIVE
  + customerUserId = "no more room"  (write-only)
  + token          = (sensitive)  (write-only)  # read from file enroll/a.yaml
    # (6 further members hidden)`);
  });

  it('shows an update that ends access earlier as one of its own', () => {
    expect(bodyOf(shorten, update)).toBe(`\
  < shorten   ~ update

  # alice/s  face 19196-24946  will end earlier  enroll/a.yaml:13:5
  # (its expiry is not the one the entry asks for; access ends 9 years 6 months earlier, in 3 minutes)
  < expiry         = 2036-03-23T00:00:00Z -> 2026-08-23T00:03:00Z
    # (6 unchanged members hidden)

  # alice/u  face 19196-24946  will be updated   enroll/a.yaml:11:5
  # (its expiry is not the one the entry asks for)
  ~ expiry         = 2026-09-01T00:00:00Z -> 2027-08-23T00:00:00Z
    # (6 unchanged members hidden)`);
  });

  it.each([
    [{ ...shorten, shortens: 'far' } as const, 'access ends 9 years 6 months earlier)'],
    [{ ...shorten, face: { ...shorten.face, expiry: undefined } }, 'access ends in 3 minutes, and had no end before)'],
  ])('says how much earlier access ends: %#', (change, words) => {
    expect(bodyOf(change)).toContain(words);
  });

  it('tells of two faces for one entry both, and never that nothing is open', () => {
    const text = planText(planOf({ changes: [duplicate] }), view);
    expect(text).toContain('Attention needed for 1 face:\n  alice/2  face 19196-24946  ACTIVE  enroll/a.yaml:33:5\n');
    expect(text).toContain('alice/mobile has f-other (no more room, 100 d old), and this is f-1 (ACTIVE, 100 d old))');
    expect(text).toContain('No changes. The tenant matches your files; 1 needs attention.');
  });

  it('counts a shorten apart from the updates, where there is one', () => {
    const last = (...changes: readonly Change[]) => planText(planOf({ changes }), view).split('\n').at(-2);
    expect(last(shorten, update)).toBe(
      'Plan: 0 to create, 1 to update, 1 to shorten, 0 to disable, 0 to replace, 0 to delete.',
    );
    expect(last(update)).toBe('Plan: 0 to create, 1 to update, 0 to disable, 0 to replace, 0 to delete.');
  });

  it('shows a disable as the status it writes', () => {
    expect(bodyOf(disable)).toBe(`\
  ! disable

  # alice/v  face 19196-24946  will be disabled  enroll/a.yaml:15:5
  # (the entry says enabled: false)
  ! status         = "ACTIVE" -> "DISABLED"
    # (6 unchanged members hidden)`);
  });

  it('shows which half of a replace comes first and what forces it', () => {
    expect(bodyOf(replace)).toBe(`\
  +/- replace (create first)

  # alice/web  face 19196-24946  will be replaced  enroll/a.yaml:19:5
  # (what differs can only be set when a face is created; 1 of 5 faces in use)
  +/- id             = "f-1" -> (known after apply)
  +/- serialNumber   = "19196-24946" -> (known after apply)
  +/- status         = "ACTIVE" -> (known after apply)
  +/- expiry         = 2026-09-01T00:00:00Z -> (known after apply)  # 365 d after creation, set once the face is ACTIVE
  +/- applicantId    = "no more room" -> "new no more room"  # forces replacement
  +/- workflowRunId  = "19196-24946"  (write-only)
    # (4 further members hidden)`);
  });

  it('names both orders of replace where both are used', () => {
    const first = { ...replace, key: 'bob/web', order: 'delete-first' } as const;
    expect(bodyOf(replace, first).split('\n')[0]).toBe('  +/- replace (create first)   -/+ replace (delete first)');
  });

  it('shows all that a delete takes away, and that no file asked for it', () => {
    expect(bodyOf(remove)).toBe(`\
  - delete

  # alice/x  face 19196-24946  will be deleted  (in no file)
  # (no entry names the user, and scope.onRemove is delete)
  - id             = "f-1" -> null
  - serialNumber   = "19196-24946" -> null
  - status         = "no more room" -> null
  - expiry         = 2026-09-01T00:00:00Z -> null
    # (3 further members hidden)`);
  });

  it('tells what takes most away first, and users in the order in which people count', () => {
    const keyed = <C extends Change>(change: C, user: string): C => ({ ...change, key: `${user}/mobile` });
    const users = ['user10', 'user2', 'User1'];
    const changes = [create, update, shorten, disable, replace, remove].flatMap((change) =>
      users.map((user) => keyed(change, user)),
    );
    const plan = planOf({ changes });
    const verbs = ['be deleted', 'be replaced', 'be disabled', 'end earlier', 'be updated', 'be created'];
    const inOrder = verbs.flatMap((verb) => users.toReversed().map((user) => `${user} ${verb}`));
    for (const text of [planText(plan, view), planMarkdown(plan, view)]) {
      const titles = text.matchAll(/^ *# (\w+)\/mobile .* {2}will (\w+ \w+)/gm);
      expect(Array.from(titles, ([, user, verb]) => `${user} ${verb}`)).toEqual(inOrder);
    }
  });

  it('stays in the order of keys as JSON, for programs', () => {
    const changes = [create, remove].flatMap((change) =>
      ['user2', 'user10'].map((user) => ({ ...change, key: `${user}/${change.action}` })),
    );
    expect(planJson(planOf({ changes }), view, 'omit').resource_changes.map(({ index }) => index)).toEqual([
      'user10/create',
      'user10/delete',
      'user2/create',
      'user2/delete',
    ]);
  });

  it('lists every change in full where that is asked for, however many', () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({ ...disable, key: `user${index}/mobile` }));
    const text = planText(planOf({ changes: many }), { ...view, detail: 'full' });
    expect(text.match(/will be disabled/g)).toHaveLength(3000);
  });
});

describe('a plan without changes', () => {
  const lastLine = (plan: Parameters<typeof planOf>[0]) => planText(planOf(plan), view).trimEnd().split('\n').at(-1);

  it('says so as a state of its own', () => {
    expect(lastLine({ changes: [settled] })).toBe('No changes. The tenant matches your files.');
  });

  it('says what is still open', () => {
    expect(lastLine({ changes: [waiting], summary: { waiting: 7, attention: 1 } })).toBe(
      'No changes. The tenant matches your files; 7 are waiting and 1 needs attention.',
    );
  });

  it('never says "No changes." of a tenant that was not read to the end', () => {
    expect(lastLine({ complete: false })).toBe('No changes among what could be read; the live state is incomplete.');
  });

  it('never says "No changes." of input with errors', () => {
    expect(lastLine({ diagnostics: [diagnostic()] })).toBe('No changes planned; see the errors.');
  });

  it('lists those that stay as they are only when asked', () => {
    const plan = planOf({ changes: [settled] });
    const line = 'alice/settled  face 19196-24946  ACTIVE  it is as the entry asks  enroll/a.yaml:32:5';
    expect(planText(plan, view)).not.toContain(line);
    expect(planText(plan, { ...view, noops: 'list' })).toContain(`1 without a change:\n  ${line}\n`);
  });
});
