import { describe, expect, it } from 'vitest';
import { expectHarmless } from '../../support/commands/expectations.ts';
import { decisionsOf, entries, explained, open, type Face } from '../../support/commands/explain-scenario.ts';

describe('explain', () => {
  it.each<readonly [string, readonly Face[], string, readonly string[], readonly string[]]>([
    [
      'a pinned face that is gone',
      [{}],
      entries('user: amy, flow: mobile, serialNumber: S-9'),
      ['amy/mobile | f-1 | mobile, registered or pending | enabled | ACTIVE | no-op | no_op_because_converged'],
      ['Warning: no face of "amy" has the serial number that its entry names [PINNED_FACE_GONE]'],
    ],
    [
      'a face that somebody disabled by hand',
      [{ status: 'DISABLED' }],
      entries('user: amy, flow: mobile'),
      ['amy/mobile | f-1 | mobile, registered or pending | enabled | DISABLED | update | update_because_disabled'],
      ['amy/mobile: face S-1 would be updated (it is disabled, and the entry wants it enabled).'],
    ],
    [
      'a face that has expired',
      [{ expiry: '2026-05-01T00:00:00Z' }],
      entries('user: amy, flow: mobile'),
      ['amy/mobile | f-1 | mobile, registered or pending | enabled | EXPIRED | no-op | no_op_because_expired'],
      ['amy/mobile: no change for face S-1 (it has expired: ask for a later expiry'],
    ],
    [
      'a face that is older than its entry lets it be',
      [{}],
      entries('user: amy, flow: mobile, lifetime: 30d, replaceOn: [EXPIRED]'),
      ['amy/mobile | f-1 | mobile, registered or pending | enabled | EXPIRED | replace | replace_because_expired'],
      ["rule   present, enabled + EXPIRED face, shown as ACTIVE, but its expiry or the entry's has passed -> replace"],
    ],
    [
      'a face that has expired and goes by its status alone',
      [{ expiry: '2026-05-01T00:00:00Z', status: 'DISABLED' }],
      'scope: { users: tenant, onRemove: delete }\nenrollments: []\n',
      ['amy/S-1 | f-1 | - | not-in-configuration | DISABLED | delete | delete_because_not_in_configuration'],
      ['+ DISABLED face -> delete'],
    ],
    [
      'a face that has failed',
      [{ status: 'FAILED' }],
      entries('user: amy, flow: mobile, replaceOn: [FAILED]'),
      ['amy/mobile | f-1 | mobile, registered or pending | enabled | FAILED | replace | replace_because_failed'],
      [
        'face S-1 would be replaced by a new one (it has failed, and replaceOn names FAILED).\n',
        '-/+ replace (delete first)',
      ],
    ],
    [
      'a face that waits for its expiry',
      [{ status: 'NEW' }],
      entries('user: amy, flow: mobile, lifetime: 365d'),
      ['amy/mobile | f-1 | mobile, registered or pending | enabled | NEW | no-op | no_op_because_waiting'],
      ['waiting  since 2026-03-01T00:00:00Z (92 d), then its expiry is set'],
    ],
    [
      'a left-over face that is kept',
      [{}, { created: '2026-01-01T00:00:00Z' }],
      entries('user: amy, flow: mobile'),
      [
        'amy/S-2 | f-2 | - | unmatched | ACTIVE | no-op | no_op_because_duplicate',
        'amy/mobile | f-1 | mobile, registered or pending | enabled | ACTIVE | no-op | no_op_because_converged',
      ],
      [
        'no change for face S-2 (it is a second face for one entry: set unmatched: delete,',
        'amy/mobile has f-1 (ACTIVE, 92 d old), and this is f-2 (ACTIVE, 151 d old)',
        'claimed by no entry, unmatched: keep + ACTIVE face -> no change',
      ],
    ],
    [
      'a left-over face that goes',
      [{}, { created: '2026-01-01T00:00:00Z' }],
      `unmatched: delete\n${entries('user: amy, flow: mobile, enabled: false')}`,
      [
        'amy/S-2 | f-2 | - | unmatched | ACTIVE | delete | delete_because_unmatched',
        'amy/mobile | f-1 | mobile, registered or pending | not-enabled | ACTIVE | disable | disable_because_not_enabled',
      ],
      ['present, enabled: false + ACTIVE face -> disable', 'unmatched        delete: faces of a named user'],
    ],
    [
      'an entry that is absent',
      [{}],
      entries('user: amy, state: absent'),
      ['amy/S-1 | f-1 | - | absent | ACTIVE | delete | delete_because_absent'],
      ['rule   state: absent + ACTIVE face -> delete'],
    ],
    [
      'an entry without a face',
      [],
      entries('user: amy, flow: mobile'),
      ['amy/mobile | - | - | enabled | none | create | create_because_missing'],
      [
        'amy/mobile: a new face would be created (the user has no such face).',
        'face   none that fits',
        'Faces in the tenant\n  none',
      ],
    ],
    [
      'an entry that wants no face, and has none',
      [],
      entries('user: amy, flow: mobile, enabled: false'),
      ['amy/mobile | - | - | not-enabled | none | no-op | no_op_because_not_enabled'],
      ['amy/mobile: no change for the user (the entry says enabled: false, and no face is in use).'],
    ],
    [
      'two entries that turn out to be one',
      [],
      entries('user: amy, flow: mobile', 'externalId: e-AMY, flow: mobile'),
      [
        'amy/mobile | - | - | enabled | none | create | create_because_missing',
        'externalId:e-AMY/mobile | - | - | enabled | none | create | create_because_missing',
      ],
      ['[DUPLICATE_ENROLLMENT]', 'Apply refuses: 1 error in the input; nothing can be applied.'],
    ],
    [
      'a protected user',
      [{}],
      `protect: [amelia]\n${entries('user: amy, state: absent')}`,
      ['amy/S-1 | f-1 | - | absent | ACTIVE | delete | delete_because_absent'],
      [
        'Apply refuses: amy/S-1 would be deleted, but "protect" names this user.',
        'protect          names this user as "amelia" at users.yaml:2:11',
      ],
    ],
    [
      'more than a budget has',
      [{}, {}],
      `budgets: { delete: 1, disable: 10%, email: 0 }\n${entries('user: amy, state: absent')}`,
      [
        'amy/S-1 | f-1 | - | absent | ACTIVE | delete | delete_because_absent',
        'amy/S-2 | f-2 | - | absent | ACTIVE | delete | delete_because_absent',
      ],
      [
        'Apply refuses: this user alone needs 2 of budgets.delete, and a run has 1.',
        "budgets.delete   this user's changes need 2, a run has 1: apply refuses",
        "budgets.disable  this user's changes need 0, a run has 10% of all faces in scope",
      ],
    ],
    [
      'a user who is in scope and named by no entry',
      [{ applicantId: 'a' }],
      'scope: { users: group, group: Staff, onRemove: disable }\nenrollments: []\n',
      ['amy/S-1 | f-1 | - | not-in-configuration | ACTIVE | disable | disable_because_not_in_configuration'],
      [
        'rule   user named by no entry, scope.onRemove: disable + ACTIVE face -> disable',
        'scope            group "Staff": faces of its users without an entry are disabled',
      ],
    ],
    [
      'a tenant that is owned as a whole, and keeps',
      [{}],
      'scope: { users: tenant, onRemove: keep }\nenrollments: []\n',
      ['amy/S-1 | f-1 | - | not-in-configuration | ACTIVE | keep | -'],
      ['scope            tenant: faces of its users without an entry are left alone'],
    ],
    [
      'a user outside the scope',
      [{}],
      `scope: { users: group, group: Managers, onRemove: delete }\n${entries('user: amy, flow: mobile')}`,
      [],
      ["Entries name this user, but they are not in the scope's group.", '[USER_OUTSIDE_SCOPE]'],
    ],
    [
      'a user whom the files leave alone',
      [{}],
      entries('user: bob, flow: mobile'),
      [],
      ['No entry names this user, so faceform leaves their faces alone.', 'Entries that name the user\n  none\n'],
    ],
    [
      'a user in scope without anything',
      [],
      'scope: { users: tenant, onRemove: delete }\nenrollments: []\n',
      [],
      ['The user has no face, and no entry asks for one.'],
    ],
  ])('explains %s', async (...[, faces, yaml, decisions, says]) => {
    const { code, stdout, stderr, json } = await explained(await open(faces, yaml), 'Amelia');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(decisionsOf(json)).toEqual(decisions);
    for (const words of says) expect(stdout).toContain(words);
    expectHarmless({ code, stdout, stderr });
  });
});
