import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { memberOf } from '../../support/commands/expectations.ts';
import { entries, explained, open, type Face } from '../../support/commands/explain-scenario.ts';

describe('explain', () => {
  it('answers why a face would be replaced, and shows all that this rests on', async () => {
    const faces: readonly Face[] = [
      { applicantId: 'a-old', lastUsed: '2026-05-31T12:00:00Z' },
      { status: 'ACTIVATING', platform: 'IOS' },
    ];
    const workspace = await open(
      faces,
      entries('user: amy, flow: web, applicantId: a-new', 'user: AMELIA, flow: mobile'),
    );
    const { code, stdout, stderr } = await explained(workspace, 'amy', 'users.yaml');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^faceform \d\S* explain - tenant http:\/\/127\.0\.0\.1:\d+ - user amy\n/);
    expect(stdout.replace(/^.*?\n/, '')).toBe(`
In short
  amelia/mobile: no change for face S-2 (the user or the vendor must act first).
  amy/web: face S-1 would be replaced by a new one (what differs can only be set when a face is created): the face has applicantId "a-old", the entry asks for "a-new".

User
  login        amy
  UUID         id-amy
  aliases      amelia
  external id  E-amy
  groups       Staff

Faces in the tenant
  face S-1
    id            f-1
    serialNumber  S-1
    status        ACTIVE
    applicantId   a-old
    created       2026-03-01T00:00:00Z (92 d ago)
    expiry        2027-06-01T00:00:00Z (in 364 d)
    lastUsed      2026-05-31T12:00:00Z (24 h ago)
    mobile        false
  face S-2
    id            f-2
    serialNumber  S-2
    status        ACTIVATING
    created       2026-03-01T00:00:00Z (92 d ago)
    expiry        2027-06-01T00:00:00Z (in 364 d)
    mobile        true
    platform      IOS

Face settings
  lifetime of a face  180 days
  faces in use        2 of 5

Entries that name the user
  amy/web        by login     users.yaml:3:5
  amelia/mobile  by an alias  users.yaml:4:5
  No other entry can name this user: all of the names above were looked for.

Decisions
  amelia/mobile
    entry    users.yaml:4:5
    face     face S-2, matched by step "mobile, registered or pending"
    rule     present, enabled + ACTIVATING face -> no change
    waiting  since 2026-03-01T00:00:00Z (92 d)
  amy/web
    entry  users.yaml:3:5
    face   face S-1, matched by step "the only web entry and web face left"
    rule   present, enabled + ACTIVE face of another applicant or flow -> replace

What a plan would change
  +/- replace (create first)

  # amy/web  face S-1  will be replaced  users.yaml:3:5
  # (what differs can only be set when a face is created; 2 of 5 faces in use)
  +/- id             = "f-1" -> (known after apply)
  +/- serialNumber   = "S-1" -> (known after apply)
  +/- status         = "ACTIVE" -> (known after apply)
  +/- expiry         = 2027-06-01T00:00:00Z -> 2026-11-28 (180 days, the tenant's policy)
  +/- applicantId    = "a-old" -> "a-new"  # forces replacement
    # (4 further members hidden)

Guards
  protect          does not name this user
  budgets.delete   this user's changes need 1, a run has 5
  budgets.disable  this user's changes need 0, a run has 20
  budgets.shorten  this user's changes need 0, a run has 20
  budgets.email    this user's changes need 0, a run has 100
  unmatched        keep: faces of a named user that no entry claims are left alone
  scope            listed: users without an entry are left alone
`);
  });

  it('prints what the documentation shows of it', async () => {
    const workspace = await open([{ applicantId: 'a-old' }], entries('user: amy, flow: web, applicantId: a-new'));
    const { stdout } = await workspace.run(['explain', 'amy', 'users.yaml']);
    const page = await readFile('docs/operating.md', 'utf8');
    const documented = /explain\.test\.ts -->\n\n```text\n(.*?)```/s.exec(page)?.[1] ?? 'no example';
    for (const line of documented.split('\n')) expect(stdout).toContain(`${line}\n`);
  });

  it('shows the change block of the plan, and has its changes in JSON', async () => {
    const workspace = await open([{ applicantId: 'a-old' }], entries('user: amy, flow: web, applicantId: a-new'));
    const { stdout, json } = await explained(workspace, 'uuid:id-amy', 'users.yaml');
    const plan = (await workspace.run(['plan', 'users.yaml'])).stdout;
    const [, block = 'no block'] = /\n( {2}# .*?)\n\n/s.exec(plan) ?? [];
    expect(block).toContain('forces replacement');
    expect(stdout).toContain(block);
    const planned: unknown = JSON.parse((await workspace.run(['plan', 'users.yaml', '--format', 'json'])).stdout);
    expect(memberOf(json, 'resource_changes')).toEqual(memberOf(planned, 'resource_changes'));
    expect(json).toMatchObject({
      asked: 'uuid:id-amy',
      presence: 'present',
      user: {
        login: 'amy',
        uuid: 'id-amy',
        aliases: ['amelia'],
        external_id: 'E-amy',
        groups: ['Staff'],
        in_scope: true,
      },
      ownership: 'entries',
      face_settings: { lifetime_days: 180, faces_allowed: 5 },
    });
  });
});
